namespace Millwright.Abstractions.Results;

/// <summary>What failed outside of Millwright: exceptions that are nobody's bug, in words that say what to do.</summary>
public static class Outage
{
    // errno of Linux and macOS, which .NET keeps as HResult; and Windows' ERROR_DISK_FULL.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>The problem that an exception stands for: an <see cref="OutageException"/>, a full disk, a missing permission; null for everything else.</summary>
    public static Problem? Explain(Exception failure) => failure switch
    {
        OutageException outage => outage.Problem,
        IOException { HResult: NoSpace or QuotaExceeded or WindowsDiskFull } => new Problem(
            "disk.full", $"The disk is full: {failure.Message.TrimEnd('.')}.", "Free some space and run the same command again; nothing half written was kept.", ProblemKind.Full),
        IOException { HResult: ReadOnlyFileSystem } => new Problem(
            "disk.readonly", $"{failure.Message.TrimEnd('.')}.", "Mount the file system for writing, or work in a folder of another one.", ProblemKind.Forbidden),
        UnauthorizedAccessException => new Problem(
            "disk.denied", $"{failure.Message.TrimEnd('.')}.", "Give yourself write permission there ('ls -l' shows whose it is), or act as its owner.", ProblemKind.Forbidden),
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };
}

/// <summary>An outage where no result can carry its problem to the caller; caught at the boundaries only.</summary>
/// <param name="problem">What happened and what to do.</param>
/// <param name="cause">What was caught, or null.</param>
public sealed class OutageException(Problem problem, Exception? cause = null) : Exception(problem.Message, cause)
{
    /// <summary>What happened and what to do.</summary>
    public Problem Problem { get; } = problem;
}
