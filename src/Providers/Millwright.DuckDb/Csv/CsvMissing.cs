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

    /// <summary>Which spelling a field is, or -1.</summary>
    internal static int IndexOf(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
            return 0;
        if (field.Length > Longest || "#-1<Nn"u8.IndexOf(field[0]) < 0)
            return -1;
        for (var at = 1; at < Bytes.Length; at++)
        {
            if (field.SequenceEqual(Bytes[at]))
                return at;
        }

        return -1;
    }
}
