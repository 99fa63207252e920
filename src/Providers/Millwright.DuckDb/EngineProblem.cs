using Millwright.Abstractions.Results;

namespace Millwright.DuckDb;

/// <summary>Words the engine's errors; its messages open with a kind such as <c>Binder Error:</c>.</summary>
internal static class EngineProblem
{
    internal static Problem From(string message)
    {
        var text = string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeWhile(line => !line.StartsWith("LINE ", StringComparison.Ordinal)));
        var (code, fix, kind) = message switch
        {
            _ when Is("Out of Memory") => ("table.memory", "Free memory, or give the engine more of it.", ProblemKind.Unavailable),
            _ when Is("IO Error") => ("table.io", "Check that the file exists, is readable and that the disk is not full.", ProblemKind.Unavailable),
            _ when Is("Binder Error") || Is("Catalog Error") => ("table.name", "Check the names of columns and functions.", ProblemKind.Invalid),
            _ when Is("Parser Error") => ("table.syntax", "Check the SQL near the place that the message names.", ProblemKind.Invalid),
            _ when Is("Conversion Error") || Is("Invalid Input Error") => ("table.value", "Repair the value that the message names.", ProblemKind.Invalid),
            _ => ("table.query", "Check the query and its files.", ProblemKind.Invalid),
        };
        return new Problem(code, text, fix, kind);

        bool Is(string prefix) => message.StartsWith(prefix, StringComparison.Ordinal);
    }
}
