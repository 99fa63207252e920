namespace Millwright.DuckDb.Csv;

/// <summary>The spellings that mean "no value"; the same as pandas reads by default, so that suites made with it keep their counts.</summary>
internal static class CsvMissing
{
    internal static readonly string[] Spellings =
    [
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "n/a",
        "nan", "null",
    ];

    private const int Longest = 8;

    private static readonly byte[][] Bytes = Array.ConvertAll(Spellings, System.Text.Encoding.UTF8.GetBytes);

    internal static bool Is(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
            return true;
        if (field.Length > Longest || "#-1<Nn"u8.IndexOf(field[0]) < 0)
            return false;
        foreach (var spelling in Bytes)
        {
            if (field.SequenceEqual(spelling))
                return true;
        }

        return false;
    }
}
