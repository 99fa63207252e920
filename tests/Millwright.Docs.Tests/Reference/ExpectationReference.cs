using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Validation.Expectations;

namespace Millwright.Docs.Tests.Reference;

/// <summary>Writes <c>docs/reference/expectations.md</c> from the catalogue of expectations.</summary>
internal static class ExpectationReference
{
    public static string Write(IServiceProvider services)
    {
        var text = new StringBuilder("""
            # Expectations

            Generated from the catalogue: what a suite may ask for, with the arguments that go into `kwargs`. Names and arguments are those of
            Great Expectations; both spellings of a suite (0.x and 1.x) are read. Every expectation also takes `row_condition` and `condition_parser`.

            | Expectation | Arguments |
            |---|---|

            """.TrimEnd() + "\n");
        var catalogue = services.GetRequiredService<ExpectationCatalogue>();
        foreach (var type in catalogue.Types)
        {
            var arguments = catalogue.Find(type)!.Parameters.Select(parameter => $"`{parameter.Name}`{(parameter.IsRequired ? "" : "?")} ({parameter.Kind.Words})");
            text.Append(CultureInfo.InvariantCulture, $"| `{type}` | {string.Join(", ", arguments)} |\n");
        }

        return text.Append("\nAn argument with `?` may be left out.\n").ToString();
    }
}
