using System.Globalization;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Abstractions.Tables;

namespace Millwright.Features.Split;

/// <summary>
/// The action <c>split</c>: train and test by a hash of each row's id and a seed, so that a row stays on its side when others are added.
/// </summary>
/// <remarks>
/// A row is a test row when the first 32 bits of <c>md5(seed:id)</c> are below <c>test × 2³²</c>. With <c>stratify</c> the rows of each stratum
/// with the smallest hashes are taken, so that shares are exact and only rows near the border may change sides.
/// </remarks>
public sealed class SplitAction(ITableEngine tables) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "split";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Splits a table into train and test, stable when rows are added.",
        "1",
        ["table"],
        ["train", "test"],
        [
            new StepParameter("test", "Share of test rows, above 0 and below 1.", 0.2),
            new StepParameter("seed", "Any whole number; another seed is another split.", 42),
            new StepParameter("id", "Column that identifies a row; empty = its position.", ""),
            new StepParameter("stratify", "Column whose shares both sides keep; empty = none.", ""),
        ])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["train"] = "train.parquet", ["test"] = "test.parquet" },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var read = new ParameterReader(context);
        var (test, seed) = (read.Number("test", 1e-6, 1 - 1e-6), read.Integer("seed"));
        var (id, stratify) = (read.Text("id"), read.Text("stratify"));
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        if (!(await tables.OpenAsync(context.Inputs["table"], ct)).TryGet(out var source, out var problem))
        {
            return problem;
        }

        foreach (var (parameter, column) in new[] { ("id", id), ("stratify", stratify) })
        {
            if (column.Length > 0 && source.Columns.All(existing => existing.Name != column))
            {
                return new Problem(
                    "split.column", $"The table has no column '{column}' ({parameter}).",
                    $"Its columns are {string.Join(", ", source.Columns.Select(existing => existing.Name))}.");
            }
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (output, isTest) in new[] { ("train", false), ("test", true) })
        {
            if (!(await tables.CopyAsync(Side(source, test, seed, id, stratify, isTest), context.Outputs[output], ct)).TryGet(out var rows, out problem))
            {
                return problem;
            }

            if (rows == 0)
            {
                return new Problem("split.empty", $"The split leaves no rows for '{output}'.", "Use more rows, or another share 'test'.");
            }

            counts[output] = rows;
        }

        context.Journal.Line($"{counts["train"]} rows to train, {counts["test"]} to test");
        return Result.Ok;
    }

    private static string Side(TableSource source, double test, int seed, string id, string stratify, bool isTest)
    {
        var key = id.Length > 0 ? $"CAST({SqlText.Name(id)} AS VARCHAR)" : "CAST(__row AS VARCHAR)";
        var border = ((uint)Math.Round(test * 4294967296d)).ToString("x8", CultureInfo.InvariantCulture);
        var chosen = stratify.Length == 0
            ? $"(substr(__hash, 1, 8) < '{border}')"
            : string.Create(CultureInfo.InvariantCulture, $"(row_number() OVER (PARTITION BY {SqlText.Name(stratify)} ORDER BY __hash, __row) <= round({test} * count(*) OVER (PARTITION BY {SqlText.Name(stratify)})))");
        return $"""
            WITH numbered AS (SELECT *, row_number() OVER () AS __row FROM {source.Sql}),
            hashed AS (SELECT *, md5(concat('{seed}:', {key})) AS __hash FROM numbered),
            sided AS (SELECT *, {chosen} AS __test FROM hashed)
            SELECT * EXCLUDE (__row, __hash, __test) FROM sided WHERE __test = {(isTest ? "true" : "false")} ORDER BY __row
            """;
    }
}
