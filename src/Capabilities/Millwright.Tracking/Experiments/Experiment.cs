using System.Collections.Immutable;
using System.Globalization;

namespace Millwright.Tracking.Experiments;

/// <summary>Identifier of an experiment: an integer, 0 for the one that always exists; printed as decimal digits.</summary>
/// <param name="Value">The integer.</param>
public readonly record struct ExperimentId(long Value)
{
    /// <summary>The experiment <c>Default</c>.</summary>
    public static ExperimentId Default => new(0);

    /// <summary>Reads decimal digits.</summary>
    public static bool TryParse(string? text, out ExperimentId id)
    {
        var ok = long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value);
        id = new ExperimentId(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Whether something is there for everyone or only kept for restoring.</summary>
public enum Lifecycle
{
    /// <summary>In use.</summary>
    Active,

    /// <summary>Deleted; can be restored.</summary>
    Deleted,
}

/// <summary>A group of runs.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Unique, also among deleted ones; 1 to 500 characters.</param>
/// <param name="ArtifactLocation">URI below which its runs' artifacts lie.</param>
/// <param name="Lifecycle">Active or deleted.</param>
/// <param name="CreatedAt">Milliseconds since 1970, UTC.</param>
/// <param name="UpdatedAt">When it was created, renamed, deleted or restored last; milliseconds since 1970, UTC.</param>
public sealed record Experiment(ExperimentId Id, string Name, string ArtifactLocation, Lifecycle Lifecycle, long CreatedAt, long UpdatedAt)
{
    /// <summary>Key → value.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
