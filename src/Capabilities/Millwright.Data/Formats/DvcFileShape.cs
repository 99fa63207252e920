using System.Collections.Immutable;

namespace Millwright.Data.Formats;

/// <summary>
/// Reads the one shape that DVC itself writes for <c>dvc add</c>, line by line, many times faster than a YAML parser; anything else is left
/// to the parser. Thousands of pointer files are read by every status.
/// </summary>
internal static class DvcFileShape
{
    internal static DvcFile? TryParse(string text)
    {
        if (!text.StartsWith("outs:\n- md5: ", StringComparison.Ordinal) || text[^1] != '\n')
        {
            return null;
        }

        var found = new DvcOut("");
        foreach (var range in text.AsSpan("outs:\n".Length..^1).Split('\n'))
        {
            var line = text.AsSpan("outs:\n".Length..^1)[range];
            var colon = line.IndexOf(": ");
            if (colon < 2 || !(line.StartsWith("- ") || line.StartsWith("  ")))
            {
                return null;
            }

            var value = line[(colon + 2)..];
            if (Read(found, line[2..colon], value) is not { } next)
            {
                return null;
            }

            found = next;
        }

        return found is { Path.Length: > 0, Md5: not null, Size: not null } ? new DvcFile(text, ImmutableArray.Create(found)) : null;
    }

    private static DvcOut? Read(DvcOut found, ReadOnlySpan<char> key, ReadOnlySpan<char> value) => key switch
    {
        "md5" when found.Md5 is null && IsDigest(value) => found with { Md5 = value.ToString() },
        "size" when found.Size is null && long.TryParse(value, out var size) && size >= 0 => found with { Size = size },
        "nfiles" when found.FileCount is null && long.TryParse(value, out var count) && count >= 0 => found with { FileCount = count },
        "isexec" when value is "true" => found with { IsExecutable = true },
        "hash" when value is "md5" => found with { Hash = "md5" },
        "path" when found.Path.Length == 0 && IsWord(value) => found with { Path = value.ToString() },
        _ => null,
    };

    private static bool IsDigest(ReadOnlySpan<char> value)
    {
        var hex = value.EndsWith(DirObject.Suffix) ? value[..^4] : value;
        // Digits only, or digits around one e, are numbers for YAML and stand in quotes: the parser's business.
        return hex.Length == 32 && !hex.ContainsAnyExcept("0123456789abcdef") && hex.ContainsAny("abcdf");
    }

    // Letters first, so that it cannot be a number, and no character that means something to YAML.
    private static bool IsWord(ReadOnlySpan<char> value) =>
        value.Length > 0 && char.IsAsciiLetter(value[0])
        && !value.ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/")
        && value is not ("null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE");
}
