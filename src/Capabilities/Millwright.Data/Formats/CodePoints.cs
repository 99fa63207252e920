namespace Millwright.Data.Formats;

/// <summary>Order by Unicode code point, as Python sorts; ordinal order of UTF-16 puts emoji before U+FF5E.</summary>
public sealed class CodePoints : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static CodePoints Order { get; } = new();

    private CodePoints()
    {
    }

    /// <summary>Negative, zero or positive, as <see cref="IComparer{T}"/> wants.</summary>
    public static int Compare(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        return same == a.Length || same == b.Length ? a.Length - b.Length : Weight(a[same]) - Weight(b[same]);
    }

    int IComparer<string>.Compare(string? x, string? y) => Compare(x ?? "", y ?? "");

    // A surrogate stands for a code point above every other UTF-16 unit.
    private static int Weight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
