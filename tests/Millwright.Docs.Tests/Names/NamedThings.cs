using System.Text.RegularExpressions;
using Millwright.Docs.Tests.Documents;

namespace Millwright.Docs.Tests.Names;

/// <summary>Whether the tests and types that a page names exist.</summary>
internal static partial class NamedThings
{
    /// <summary>Every <c>SomethingTests.Method</c> of the page.</summary>
    public static IEnumerable<string> CheckTests(Document page) => page.Spans
        .Where(span => TestName().IsMatch(span.Text) && !SourceNames.Tests.Contains(span.Text))
        .Select(span => page.At(span.Line, $"there is no test '{span.Text}'"));

    /// <summary>Every word in Pascal case of the page; an X in it stands for any name.</summary>
    public static IEnumerable<string> CheckTypes(Document page) => page.Spans
        .Where(span => TypeName().IsMatch(span.Text) && !span.Text.StartsWith('X') && !span.Text.EndsWith('X') && !SourceNames.Types.Contains(span.Text))
        .Select(span => page.At(span.Line, $"there is no type or project '{span.Text}'"));

    /// <summary>Rows of a table of practices that name neither a test nor say that the capability is to come.</summary>
    public static IEnumerable<string> CheckRows(Document page) => page.Text.Split('\n')
        .Select((text, at) => (Text: text, Line: at + 1, Cells: text.Split(" | ")))
        .Where(row => row.Text.StartsWith("| ", StringComparison.Ordinal) && row.Cells.Length >= 3 && !row.Text.StartsWith("| Practice", StringComparison.Ordinal) && !row.Text.StartsWith("|--", StringComparison.Ordinal))
        .Where(row => !row.Cells[^1].Contains("Tests.", StringComparison.Ordinal) && !row.Text.Contains("to come", StringComparison.Ordinal))
        .Select(row => page.At(row.Line, "the row names no test and does not say 'to come'"));

    [GeneratedRegex(@"^\w+Tests\.\w+$", RegexOptions.CultureInvariant)]
    private static partial Regex TestName();

    [GeneratedRegex(@"^[A-Z][a-z]+\w*$|^I[A-Z][a-z]\w*$", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();
}
