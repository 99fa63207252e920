namespace Millwright.DuckDb;

/// <summary>Limits of the embedded engine.</summary>
public sealed record DuckDbOptions
{
    /// <summary>Threads per process; 1 or more. Default: the cores of the machine.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory in MiB beyond which the engine spills to <see cref="SpillFolder"/>; null = half of what the process may use.</summary>
    public long? MemoryLimitMiB { get; init; }

    /// <summary>Where queries larger than memory spill; created when needed and removed afterwards.</summary>
    public string SpillFolder { get; init; } = Path.Combine(Path.GetTempPath(), $"millwright-spill-{Environment.ProcessId}");

    internal long EffectiveMemoryMiB =>
        MemoryLimitMiB ?? Math.Max(256, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / (1024 * 1024));
}
