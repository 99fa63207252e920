namespace Millwright.Pipelines;

/// <summary>Where pipelines live and how they run.</summary>
/// <param name="ProjectFolder">Absolute path of the project's root.</param>
public sealed record PipelinesOptions(string ProjectFolder)
{
    /// <summary>Absolute path of the folder for runs, work and builds.</summary>
    public string StateFolder { get; init; } = Path.Combine(ProjectFolder, ".millwright");

    /// <summary>Folder with <c>Millwright.Sdk.dll</c>, against which C# pipelines are compiled; beside the program itself by default.</summary>
    public string SdkFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Most steps of one run at a time, from 1.</summary>
    public int MaxParallel { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a child process may take to end after SIGTERM, before it is killed with its whole group.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether cron and event triggers start runs; off for a host that lives for one command only.</summary>
    public bool Triggers { get; init; } = true;

    internal string WorkFolder(string runId) => Path.Combine(StateFolder, "work", runId);

    internal string LogFile(string runId, string step) => Path.Combine(StateFolder, "runs", runId, step + ".log");
}
