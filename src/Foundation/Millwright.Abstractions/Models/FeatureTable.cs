using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.Abstractions.Models;

/// <summary>
/// A table as a model's vectors, read in blocks. A table that has a column for every feature is taken as encoded already; any other is
/// encoded here by the <see cref="IRowEncoder"/> that also serves.
/// </summary>
public sealed class FeatureTable
{
    private readonly ITableEngine _tables;
    private readonly IRowEncoder _encoder;

    private FeatureTable(ITableEngine tables, IRowEncoder encoder, TableSource source, bool isEncoded) =>
        (_tables, _encoder, Source, IsEncoded) = (tables, encoder, source, isEncoded);

    /// <summary>The file.</summary>
    public TableSource Source { get; }

    /// <summary>Whether its columns are features already.</summary>
    public bool IsEncoded { get; }

    /// <summary>Opens a table, encoded or raw; one that lacks columns for both is a problem that names them.</summary>
    public static async Task<Result<FeatureTable>> OpenAsync(ITableEngine tables, string path, IRowEncoder encoder, CancellationToken ct)
    {
        if (!(await tables.OpenAsync(path, ct).ConfigureAwait(false)).TryGet(out var source, out var problem))
        {
            return problem;
        }

        return Missing(source, encoder.Features).Count == 0 ? new FeatureTable(tables, encoder, source, isEncoded: true) : OfRaw(tables, source, encoder);
    }

    /// <summary>The table's raw columns, encoded row by row.</summary>
    public static Result<FeatureTable> OfRaw(ITableEngine tables, TableSource source, IRowEncoder encoder) =>
        Missing(source, [.. encoder.Columns.Select(column => column.Name)]) is { Count: > 0 } missing
            ? new Problem("features.columns", $"'{Path.GetFileName(source.Path)}' lacks columns that the encoding was fitted to.", "Use a table of the same shape, or fit a new encoding.")
                .With(missing.Select(name => new ProblemDetail("is missing", Key: name)))
            : new FeatureTable(tables, encoder, source, isEncoded: false);

    /// <summary>Number of rows.</summary>
    public async Task<Result<long>> CountAsync(CancellationToken ct) =>
        (await _tables.QueryAsync($"SELECT count(*) FROM {Source.Sql}", ct).ConfigureAwait(false)).Map(table => (long)((NumberColumn)table.Columns[0]).Values[0]);

    /// <summary>Reads up to <paramref name="rows"/> rows from <paramref name="offset"/> on, with the named other columns beside the vectors.</summary>
    public async Task<Result<FeatureBlock>> ReadAsync(long offset, int rows, IReadOnlyList<string> others, CancellationToken ct)
    {
        var names = (IsEncoded ? _encoder.Features : _encoder.Columns.Select(column => column.Name)).Concat(others).Distinct(StringComparer.Ordinal);
        var columns = string.Join(", ", names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        var read = await _tables.QueryAsync($"SELECT {columns} FROM {Source.Sql} LIMIT {rows} OFFSET {offset}", ct).ConfigureAwait(false);
        return read.Then(table => IsEncoded ? Take(table) : Encode(table));
    }

    private static List<string> Missing(TableSource source, IReadOnlyList<string> wanted)
    {
        var known = source.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return [.. wanted.Where(name => !known.Contains(name))];
    }

    private Result<FeatureBlock> Take(Table table)
    {
        var width = _encoder.Features.Count;
        var vectors = new float[table.Rows * width];
        for (var feature = 0; feature < width; feature++)
        {
            if (Numbers(table[_encoder.Features[feature]]) is not { } values)
            {
                return Mismatch([new ProblemDetail("is text, expected a feature's numbers", Key: _encoder.Features[feature])]);
            }

            for (var row = 0; row < values.Length; row++)
            {
                vectors[(row * width) + feature] = (float)values[row];
            }
        }

        return new FeatureBlock(table, vectors);
    }

    private Result<FeatureBlock> Encode(Table table)
    {
        var wrong = new List<ProblemDetail>();
        var columns = new double[_encoder.Columns.Count][];
        for (var index = 0; index < columns.Length; index++)
        {
            var (wanted, column) = (_encoder.Columns[index], table[_encoder.Columns[index].Name]);
            if ((wanted.Type == "string" ? Codes(index, column) : Numbers(column)) is { } values)
            {
                columns[index] = values;
            }
            else
            {
                wrong.Add(new ProblemDetail($"is {column.Type}, expected {wanted.Type}", Key: wanted.Name));
            }
        }

        return wrong.Count > 0 ? Mismatch(wrong) : new FeatureBlock(table, Encode(columns, table.Rows));
    }

    private float[] Encode(double[][] columns, int rows)
    {
        var width = _encoder.Features.Count;
        var vectors = new float[rows * width];
        var values = new double[columns.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                values[column] = columns[column][row];
            }

            _encoder.Encode(values, vectors.AsSpan(row * width, width));
        }

        return vectors;
    }

    private double[] Codes(int index, Column column)
    {
        var codes = new double[column.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = _encoder.CodeOf(index, column.TextAt(row));
        }

        return codes;
    }

    // A column without any value is read as text.
    private static double[]? Numbers(Column column) => column switch
    {
        NumberColumn numbers => numbers.Values,
        TextColumn texts when Array.TrueForAll(texts.Values, text => text is null) => [.. Enumerable.Repeat(double.NaN, texts.Count)],
        _ => null,
    };

    private static Problem Mismatch(IEnumerable<ProblemDetail> wrong) =>
        new Problem("features.columns", "The table's columns are not of the types that the encoding was fitted to.", "Cast them in a 'sql' step, or fit a new encoding.").With(wrong);
}

/// <summary>Rows of a table.</summary>
/// <param name="Table">The columns that were read.</param>
/// <param name="Vectors">Row-major, a vector per row; missing = NaN.</param>
public sealed record FeatureBlock(Table Table, float[] Vectors);
