using System.Collections.Immutable;

namespace Millwright.Abstractions.Results;

/// <summary>What kind of expected failure a <see cref="Problem"/> is; hosts map it to an exit code or an HTTP status in one place.</summary>
public enum ProblemKind
{
    /// <summary>Bad usage or bad input. Exit code 2, HTTP 400.</summary>
    Invalid,

    /// <summary>The named thing does not exist. Exit code 2, HTTP 404.</summary>
    NotFound,

    /// <summary>The state does not allow it, or somebody else holds it. Exit code 2, HTTP 409.</summary>
    Conflict,

    /// <summary>The actor may not do it. Exit code 2, HTTP 403.</summary>
    Forbidden,

    /// <summary>The question was answered with no: a gate, a validation, an approval rule. Exit code 1, HTTP 422.</summary>
    Refused,

    /// <summary>Something outside did not answer. Exit code 3, HTTP 503.</summary>
    Unavailable,

    /// <summary>There is no room for it: the disk or a quota is full. Exit code 2, HTTP 507.</summary>
    Full,
}

/// <summary>One line of a problem that has several causes, such as all the errors of one file.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="File">The file it is in, as the user named it, or null.</param>
/// <param name="Line">The line, counted from 1, or null.</param>
/// <param name="Key">The key, column or field it is about, or null.</param>
public sealed record ProblemDetail(string Message, string? File = null, int? Line = null, string? Key = null)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var place = (File, Line) switch
        {
            ({ } file, { } line) => $"{file}:{line}: ",
            ({ } file, null) => $"{file}: ",
            (null, { } line) => $"line {line}: ",
            _ => "",
        };
        return Key is null ? place + Message : $"{place}{Key}: {Message}";
    }
}

/// <summary>An expected failure: what happened and what to do about it. A bug is an exception, never a problem.</summary>
/// <param name="Code">A stable, dotted code such as <c>model.unknown</c>.</param>
/// <param name="Message">One sentence: what is wrong, with the file, key and value it is about.</param>
/// <param name="Fix">One sentence: what to do.</param>
/// <param name="Kind">How hosts report it.</param>
public sealed record Problem(string Code, string Message, string Fix, ProblemKind Kind = ProblemKind.Invalid)
{
    /// <summary>Every single cause, when there are several; shown one per line below the message.</summary>
    public ImmutableArray<ProblemDetail> Details { get; init; } = [];

    /// <summary>A copy with these details.</summary>
    public Problem With(IEnumerable<ProblemDetail> details) => this with { Details = [.. details] };
}
