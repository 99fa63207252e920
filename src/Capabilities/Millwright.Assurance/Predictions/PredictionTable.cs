using System.Globalization;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.Assurance.Predictions;

/// <summary>Which columns of a predictions file mean what.</summary>
/// <param name="Label">Column of the true outcome.</param>
/// <param name="Score">Column of the score; higher = more likely positive.</param>
/// <param name="Positive">The label that is positive: a number such as 1, or a text such as <c>Yes</c>.</param>
/// <param name="Prediction">Column with the predicted label, which then stands in for the score (1 = positive, 0 = other); empty = none.</param>
public sealed record PredictionLayout(string Label = PredictionColumns.Label, string Score = PredictionColumns.Score, string Positive = "1", string Prediction = "")
{
    /// <summary>The column that the score comes from.</summary>
    internal string ScoreSource => Prediction.Length > 0 ? Prediction : Score;
}

/// <summary>Labelled scores of a binary classifier.</summary>
/// <param name="Labels">True where positive.</param>
/// <param name="Scores">Finite where usable.</param>
/// <param name="Unusable">Rows left out because their label is missing or their score is no finite number.</param>
/// <param name="Rows">The file's rows that are kept, by position; what other columns are picked with.</param>
/// <param name="Table">All rows of all columns that were read.</param>
public sealed record PredictionTable(bool[] Labels, double[] Scores, int Unusable, int[] Rows, Table Table)
{
    /// <summary>Positive rows.</summary>
    public int Positives => Labels.Count(label => label);

    /// <summary>Negative rows.</summary>
    public int Negatives => Labels.Length - Positives;

    /// <summary>Reads a predictions file; a column that is missing or of a wrong type, and a third label, is a problem.</summary>
    /// <param name="tables">Reads the file.</param>
    /// <param name="path">CSV, Parquet or JSON lines.</param>
    /// <param name="columns">Which columns mean what.</param>
    /// <param name="others">Further columns to read.</param>
    /// <param name="order">Column that rows are ordered by, or empty for the file's order.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Result<PredictionTable>> ReadAsync(
        ITableEngine tables, string path, PredictionLayout columns, IReadOnlyList<string> others, string order, CancellationToken ct)
    {
        if (!(await tables.OpenAsync(path, ct)).TryGet(out var source, out var problem))
        {
            return problem;
        }

        string[] wanted = [.. new[] { columns.Label, columns.ScoreSource, order }.Concat(others).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        var missing = wanted.Where(name => source.Columns.All(column => column.Name != name)).ToArray();
        if (missing.Length > 0)
        {
            return new Problem(
                "predictions.columns",
                $"'{Path.GetFileName(path)}' has no column {string.Join(", ", missing.Select(name => $"'{name}'"))}.",
                $"Name the columns in the parameters; the file has {string.Join(", ", source.Columns.Select(column => column.Name))}.",
                ProblemKind.Invalid);
        }

        var list = string.Join(", ", wanted.Select(Quoted));
        var by = order.Length == 0 ? "" : $" ORDER BY {Quoted(order)}";
        return (await tables.QueryAsync($"SELECT {list} FROM {source.Sql}{by}", ct)).Then(table => Of(table, Path.GetFileName(path), columns));
    }

    /// <summary>Takes the rows of a table in memory.</summary>
    /// <param name="table">Holds the label and the score.</param>
    /// <param name="name">What problems call it.</param>
    /// <param name="columns">Which columns mean what.</param>
    public static Result<PredictionTable> Of(Table table, string name, PredictionLayout columns)
    {
        if (ScoresOf(table, columns) is not { } scores)
        {
            return new Problem(
                "predictions.score", $"The column '{columns.Score}' of '{name}' is text, expected numbers.", "Name the column with the score in the parameter 'score'.");
        }

        var label = table[columns.Label];
        var others = new SortedSet<string>(StringComparer.Ordinal);
        var (labels, kept, rows, unusable) = (new List<bool>(), new List<double>(), new List<int>(), 0);
        for (var row = 0; row < table.Rows; row++)
        {
            if (label.IsMissing(row) || !double.IsFinite(scores[row]))
            {
                unusable++;
                continue;
            }

            var positive = IsPositive(label, row, columns.Positive);
            if (!positive && others.Count < 3)
            {
                others.Add(label.TextAt(row)!);
            }

            labels.Add(positive);
            kept.Add(scores[row]);
            rows.Add(row);
        }

        return others.Count > 1
            ? new Problem(
                "predictions.label",
                $"The column '{columns.Label}' of '{name}' has other labels beside '{columns.Positive}': {string.Join(", ", others.Select(other => $"'{other}'"))}; expected two classes.",
                "Name the positive class in the parameter 'positive', and keep two classes.")
            : new PredictionTable([.. labels], [.. kept], unusable, [.. rows], table);
    }

    /// <summary>Another column's values at the kept rows, as text; missing = null.</summary>
    public string?[] TextsOf(string column)
    {
        var values = Table[column];
        return [.. Rows.Select(values.TextAt)];
    }

    private static double[]? ScoresOf(Table table, PredictionLayout columns)
    {
        var source = table[columns.ScoreSource];
        return columns.Prediction.Length > 0
            ? [.. Enumerable.Range(0, table.Rows).Select(row => source.IsMissing(row) ? double.NaN : IsPositive(source, row, columns.Positive) ? 1 : 0)]
            : source switch
            {
                NumberColumn numbers => numbers.Values,
                // A column without any value is read as text.
                TextColumn texts when Array.TrueForAll(texts.Values, text => text is null) => [.. Enumerable.Repeat(double.NaN, texts.Count)],
                _ => null,
            };
    }

    private static bool IsPositive(Column label, int row, string positive) => label is NumberColumn numbers
        ? numbers.Values[row] == (double.TryParse(positive, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : string.Equals(positive, "true", StringComparison.OrdinalIgnoreCase) ? 1 : double.NaN)
        : label.TextAt(row) == positive;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
