using System.Globalization;
using System.Text.RegularExpressions;
using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Code;

/// <summary>Reads the compiler's messages.</summary>
internal static partial class CompileErrors
{
    /// <summary>One problem with every error, each with its line.</summary>
    public static Problem From(string file, string output)
    {
        var errors = Pattern().Matches(output)
            .Select(match => new ProblemDetail(
                $"{match.Groups["code"].Value}: {match.Groups["text"].Value.Trim()}",
                Path.GetFileName(match.Groups["file"].Value) == Path.GetFileName(file) ? file : match.Groups["file"].Value.Trim(),
                int.Parse(match.Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)))
            .Distinct()
            .ToList();
        if (errors.Count == 0)
        {
            errors.AddRange(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(20).Select(line => new ProblemDetail(line.Trim())));
        }

        return new Problem("pipeline.compile", $"'{file}' does not compile.", "Correct the lines named below and run it again.").With(errors);
    }

    [GeneratedRegex(@"^(?<file>[^\r\n(]+)\((?<line>[0-9]+),[0-9]+\): error (?<code>[A-Z]+[0-9]+): (?<text>[^\r\n\[]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
