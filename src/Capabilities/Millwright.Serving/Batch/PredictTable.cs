using System.Globalization;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Serving.Load;

namespace Millwright.Serving.Batch;

/// <summary>
/// Scores a table, raw or encoded, with a model folder of any format. The output has the columns <c>row_id</c> (when the encoding has
/// one), <c>label</c> (when the table has it), <c>score</c> (<c>score_0</c>, … for several classes) and the columns that the encoding keeps.
/// </summary>
public sealed class PredictTable(ITableEngine tables, LoadModelFolder load)
{
    private const int Block = 100_000;

    /// <summary>Writes the predictions and returns their number; memory is bounded whatever the table's size.</summary>
    /// <param name="modelFolder">A model folder.</param>
    /// <param name="tablePath">The table's file.</param>
    /// <param name="told">Columns to carry along; empty = those that the encoding keeps.</param>
    /// <param name="workFolder">For a temporary file.</param>
    /// <param name="output">The file to write; the extension says the format.</param>
    /// <param name="ct">Cancels between blocks.</param>
    public async Task<Result<long>> RunAsync(string modelFolder, string tablePath, IReadOnlyList<string> told, string workFolder, string output, CancellationToken ct)
    {
        if (!load.Run(modelFolder).TryGet(out var loaded, out var problem))
        {
            return problem;
        }

        using var model = loaded;
        if (!(await FeatureTable.OpenAsync(tables, tablePath, model.Encoder, ct)).TryGet(out var table, out problem))
        {
            return problem;
        }

        var scores = Path.Combine(workFolder, "scores.csv");
        if (!(await WriteScoresAsync(table, model, scores, ct)).TryGet(out var rows, out problem))
        {
            return problem;
        }

        var columns = Enumerable.Range(0, model.Predictor.OutputCount).Select(output => model.Predictor.OutputCount == 1 ? PredictionColumns.Score : $"{PredictionColumns.Score}_{output}");
        var types = string.Join(", ", columns.Select(column => $"'{column}': 'DOUBLE'"));
        var file = $"read_csv('{scores.Replace("'", "''", StringComparison.Ordinal)}', header = false, auto_detect = false, delim = ',', columns = {{{types}}})";
        var sql = $"SELECT {Carried(table.Source, model, told)} FROM (SELECT * FROM {table.Source.Sql}) AS raw POSITIONAL JOIN {file} AS scores";
        if (!(await tables.CopyAsync(sql, output, ct)).TryGet(out _, out problem))
        {
            return problem;
        }

        return rows;
    }

    private static string Carried(TableSource source, LoadedModel model, IReadOnlyList<string> told)
    {
        var roles = model.Encoder.Roles;
        var parts = new List<string>();
        if (Has(source, roles.RowId))
        {
            parts.Add($"raw.{Quote(roles.RowId!)} AS {PredictionColumns.RowId}");
        }

        if (Has(source, roles.Label))
        {
            parts.Add($"{Label(source, model, roles.Label!)} AS {PredictionColumns.Label}");
        }

        parts.Add("scores.*");
        var keep = told.Count > 0 ? told : roles.Keep;
        parts.AddRange(keep.Where(name => Has(source, name) && name is not (PredictionColumns.RowId or PredictionColumns.Label or PredictionColumns.Score)).Distinct(StringComparer.Ordinal).Select(name => $"raw.{Quote(name)}"));
        return string.Join(", ", parts);
    }

    // In an encoded table the label is 0 or 1 already; in a raw one it may be the class's name.
    private static string Label(TableSource source, LoadedModel model, string name)
    {
        var isNumber = source.Columns.First(column => column.Name == name).Type is not ("VARCHAR" or "BOOLEAN");
        return isNumber || model.Signature.Classes.Length != 2
            ? $"raw.{Quote(name)}"
            : $"CAST(CAST(raw.{Quote(name)} AS VARCHAR) = '{model.Signature.Classes[1].Replace("'", "''", StringComparison.Ordinal)}' AS INTEGER)";
    }

    private static bool Has(TableSource source, string? name) => name is not null && source.Columns.Any(column => column.Name == name);

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<Result<long>> WriteScoresAsync(FeatureTable table, LoadedModel model, string path, CancellationToken ct)
    {
        var width = model.Predictor.OutputCount;
        var total = 0L;
        await using var writer = new StreamWriter(path);
        while (true)
        {
            if (!(await table.ReadAsync(total, Block, [], ct)).TryGet(out var block, out var problem))
            {
                return problem;
            }

            var scores = new float[block.Table.Rows * width];
            model.Predictor.Predict(block.Vectors, block.Table.Rows, scores);
            for (var at = 0; at < scores.Length; at++)
            {
                writer.Write(((double)scores[at]).ToString("R", CultureInfo.InvariantCulture));
                writer.Write(at % width == width - 1 ? '\n' : ',');
            }

            total += block.Table.Rows;
            if (block.Table.Rows < Block)
            {
                return total;
            }
        }
    }
}
