using System.Globalization;

namespace Millwright.Abstractions.Search;

/// <summary>Numbers of the search language: <c>1</c>, <c>-2.5</c>, <c>.75</c>, <c>8e-1</c>; no names, no separators.</summary>
internal static class SearchNumber
{
    public static bool TryParse(string text, out double value)
    {
        value = 0;
        return text.Length > 0
            && (char.IsAsciiDigit(text[^1]) || text[^1] is '.')
            && text.AsSpan().ContainsAnyExcept("+-.eE")
            && !text.AsSpan().ContainsAnyExcept("0123456789+-.eE")
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
