using System.Collections.Immutable;
using Millwright.Abstractions.Identity;

namespace Millwright.Abstractions.Ledger;

/// <summary>
/// Lineage of subjects that are too many to have a ledger event each, such as predictions. <c>mw trace</c> asks it for the kinds it knows
/// and goes on through the ledger from there.
/// </summary>
public interface ILineageSource
{
    /// <summary>The kind of subject it knows, such as <c>prediction</c>.</summary>
    string Kind { get; }

    /// <summary>What is known of one subject, or null when it does not exist.</summary>
    Task<LineageFact?> FindAsync(Subject subject, CancellationToken ct);
}

/// <summary>A subject, what it came from, and a line for people.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="At">When it came to be.</param>
/// <param name="Inputs">What it came from.</param>
/// <param name="Summary">One line.</param>
public sealed record LineageFact(Subject Subject, DateTimeOffset At, ImmutableArray<Subject> Inputs, string Summary);
