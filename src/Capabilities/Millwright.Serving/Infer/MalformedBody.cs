using System.Text.Json;
using Millwright.Abstractions.Results;

namespace Millwright.Serving.Infer;

/// <summary>Says what is wrong with a body that is not JSON. NaN and Infinity, which Python writes by default, are named.</summary>
internal static class MalformedBody
{
    private static readonly string[] Literals = ["NaN", "Infinity", "-Infinity"];

    public static Problem Describe(ReadOnlySpan<byte> body, JsonException malformed)
    {
        // Positions of rows count from where the rows begin, so the literal is looked for at every place that the position may mean.
        foreach (var literal in Literals)
        {
            if (IsValue(body, literal))
            {
                return InferProblems.NotANumber(literal);
            }
        }

        return InferProblems.Json(malformed.Message);
    }

    // The literal as a value: after ':', ',' or '[' and blanks.
    private static bool IsValue(ReadOnlySpan<byte> body, string literal)
    {
        Span<byte> wanted = stackalloc byte[literal.Length];
        System.Text.Encoding.UTF8.GetBytes(literal, wanted);
        for (var from = 0; body[from..].IndexOf(wanted) is >= 0 and var found; from += found + 1)
        {
            var before = body[..(from + found)].TrimEnd(" \t\r\n"u8);
            if (before.Length > 0 && before[^1] is (byte)':' or (byte)',' or (byte)'[')
            {
                return true;
            }
        }

        return false;
    }
}
