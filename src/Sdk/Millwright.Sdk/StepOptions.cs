namespace Millwright.Sdk;

/// <summary>How a step is run.</summary>
public sealed record StepOptions
{
    /// <summary>Further attempts after a failed first one, 0 to 100.</summary>
    public int Retries { get; init; }

    /// <summary>Pause before the second attempt; doubles with each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest duration of one attempt; null = unlimited.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether an earlier result may stand in.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>Steps that must succeed first although nothing of theirs is read.</summary>
    public IReadOnlyList<StepHandle> After { get; init; } = [];
}

/// <summary>Names a step, for <see cref="StepOptions.After"/>.</summary>
/// <param name="Name">The step's name.</param>
public sealed record StepHandle(string Name);
