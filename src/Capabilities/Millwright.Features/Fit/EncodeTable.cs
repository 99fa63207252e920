using System.Globalization;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Features.Encoding;

namespace Millwright.Features.Fit;

/// <summary>
/// Writes a table's vectors through <see cref="RowEncoder"/>, the same code that serving runs, beside the label (0 and 1), the row's id and
/// the columns to keep. Rows are read in blocks, so that memory stays bounded.
/// </summary>
internal sealed class EncodeTable(ITableEngine tables)
{
    private const int Block = 200_000;

    public async Task<Result<long>> RunAsync(TableSource source, FeatureEncoding encoding, string workFolder, string output, CancellationToken ct)
    {
        var vectors = Path.Combine(workFolder, "vectors.csv");
        if (!(await WriteVectorsAsync(source, encoding, vectors, ct)).TryGet(out _, out var problem))
        {
            return problem;
        }

        var types = string.Join(", ", encoding.Features.Select(name => $"{SqlText.Literal(name)}: 'FLOAT'"));
        var read = $"read_csv({SqlText.Literal(vectors)}, header = false, auto_detect = false, delim = ',', quote = '', escape = '', nullstr = '', columns = {{{types}}})";
        return await tables.CopyAsync($"SELECT {Carried(source, encoding)}vectors.* FROM (SELECT * FROM {source.Sql}) AS raw POSITIONAL JOIN {read} AS vectors", output, ct);
    }

    /// <summary>Row id, label as a number and kept columns, each once and none that is a feature already.</summary>
    private static string Carried(TableSource source, FeatureEncoding encoding)
    {
        var taken = encoding.Features.ToHashSet(StringComparer.Ordinal);
        var parts = new List<string>();
        if (encoding.RowId is { } id && Has(source, id) && taken.Add(id))
        {
            parts.Add($"raw.{SqlText.Name(id)}");
        }

        if (encoding.Label is { } label && Has(source, label.Name) && taken.Add(label.Name))
        {
            var name = $"raw.{SqlText.Name(label.Name)}";
            parts.Add(label.Classes.Length == 2
                ? $"CAST(CAST({name} AS VARCHAR) = {SqlText.Literal(label.Classes[1])} AS INTEGER) AS {SqlText.Name(label.Name)}"
                : name);
        }

        parts.AddRange(encoding.Keep.Where(name => Has(source, name) && taken.Add(name)).Select(name => $"raw.{SqlText.Name(name)}"));
        return string.Concat(parts.Select(part => part + ", "));
    }

    private static bool Has(TableSource source, string name) => source.Columns.Any(column => column.Name == name);

    private async Task<Result<Done>> WriteVectorsAsync(TableSource source, FeatureEncoding encoding, string path, CancellationToken ct)
    {
        var encoder = new RowEncoder(encoding);
        if (!FeatureTable.OfRaw(tables, source, encoder).TryGet(out var table, out var problem))
        {
            return problem;
        }

        await using var writer = new StreamWriter(path);
        for (var offset = 0L; ; offset += Block)
        {
            if (!(await table.ReadAsync(offset, Block, [], ct)).TryGet(out var block, out problem))
            {
                return problem;
            }

            Write(writer, block.Vectors, encoder.Features.Count);
            if (block.Table.Rows < Block)
            {
                return Result.Ok;
            }
        }
    }

    private static void Write(StreamWriter writer, ReadOnlySpan<float> vectors, int width)
    {
        Span<char> number = stackalloc char[32];
        for (var at = 0; at < vectors.Length; at++)
        {
            // Missing is an empty field; "R" gives back the same float.
            if (!float.IsNaN(vectors[at]))
            {
                vectors[at].TryFormat(number, out var length, "R", CultureInfo.InvariantCulture);
                writer.Write(number[..length]);
            }

            writer.Write(at % width == width - 1 ? '\n' : ',');
        }
    }
}
