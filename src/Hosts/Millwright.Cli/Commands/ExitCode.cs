using Millwright.Abstractions.Results;

namespace Millwright.Cli.Commands;

/// <summary>What a command's end means to a script.</summary>
internal enum ExitCode
{
    /// <summary>It did what it says.</summary>
    Done = 0,

    /// <summary>The answer is no: validation failed, a gate refused, drift was found.</summary>
    No = 1,

    /// <summary>Bad usage, bad input, or no room for the output.</summary>
    Invalid = 2,

    /// <summary>Something outside did not answer.</summary>
    Unavailable = 3,

    /// <summary>A bug.</summary>
    Bug = 70,

    /// <summary>Stopped by Ctrl-C.</summary>
    Cancelled = 130,
}

/// <summary>The one place where problems become exit codes.</summary>
internal static class ExitCodes
{
    public static ExitCode Of(ProblemKind kind) => kind switch
    {
        ProblemKind.Refused => ExitCode.No,
        ProblemKind.Unavailable => ExitCode.Unavailable,
        _ => ExitCode.Invalid,
    };

    public static ExitCode OfStatus(int status) => status switch
    {
        422 => ExitCode.No,
        502 or 503 or 504 => ExitCode.Unavailable,
        507 => ExitCode.Invalid,
        >= 500 => ExitCode.Bug,
        _ => ExitCode.Invalid,
    };
}
