using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Validation.Expectations;
using Millwright.Validation.Results;
using Millwright.Validation.Scanning;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Validate;

/// <summary>What to validate.</summary>
/// <param name="SuitePath">The suite's JSON file.</param>
/// <param name="TablePath">A CSV, Parquet or JSON-lines file.</param>
/// <param name="Format">How much the result says.</param>
public sealed record ValidateRequest(string SuitePath, string TablePath, ResultFormat Format)
{
    /// <summary>Values of the suite's <c>$PARAMETER</c> expressions.</summary>
    public JsonObject Parameters { get; init; } = [];
}

/// <summary>Validates a table against a suite: the file is read once, the whole suite is one query over what was read.</summary>
public sealed class ValidateTable(ITableEngine engine, ExpectationCatalogue catalogue, TimeProvider clock)
{
    private readonly SuiteReader _suites = new(catalogue, clock);

    /// <summary>Reads the suite and the table; a problem means that either of them is unusable, not that the table is invalid.</summary>
    public async Task<Result<ValidationResult>> RunAsync(ValidateRequest request, CancellationToken ct)
    {
        var opening = engine.OpenAsync(request.TablePath, ct);
        var read = await _suites.ReadAsync(request.SuitePath, request.Parameters, ct);
        var opened = await opening;
        if (!read.TryGet(out var suite, out var problem) || !opened.TryGet(out var source, out problem))
            return problem;
        return await RunAsync(suite, source, request.Format, ct);
    }

    /// <summary>Validates an opened table.</summary>
    public async Task<Result<ValidationResult>> RunAsync(ExpectationSuite suite, TableSource source, ResultFormat format, CancellationToken ct)
    {
        var scanned = await ScannedTable.ReadAsync(engine, source, Needed(suite, format), ct);
        if (!scanned.TryGet(out var table, out var problem))
            return problem;
        await using (table)
        {
            var suiteScan = new SuiteScan(table, format, suite.Version, catalogue, new RowReader(engine));
            var results = await suiteScan.RunAsync(suite.Expectations, ct);
            return results.FirstOrDefault(result => IsFatal(suite, result)) is { Raised: { } raised } fatal
                ? new Problem("validate.unevaluable", $"{fatal.Config.Type} cannot be evaluated: {raised}", "Repair the expectation, or remove its 'catch_exceptions'.")
                : new ValidationResult(suite, source.Path, table.Rows, results);
        }
    }

    /// <summary>In 0.x an expectation may ask that its failure to be evaluated ends the run.</summary>
    private static bool IsFatal(ExpectationSuite suite, ExpectationResult result) =>
        suite.Version == SuiteVersion.V0 && result.Raised is not null && result.Config.Kwargs["catch_exceptions"]?.ToString() == "false";

    /// <summary>Which columns the suite names; whole rows need all.</summary>
    private static Func<string, bool> Needed(ExpectationSuite suite, ResultFormat format)
    {
        if (format.IncludeUnexpectedRows)
            return _ => true;
        var names = suite.Expectations
            .SelectMany(expectation => new[] { expectation.Kwargs["column"], expectation.Kwargs["column_A"], expectation.Kwargs["column_B"] }
                .Concat(expectation.Kwargs["column_list"] as JsonArray ?? [])
                .Select(node => node?.ToString() ?? "")
                .Concat(RowCondition.Names(expectation.Kwargs["row_condition"]?.ToString() ?? "")))
            .Concat(format.IndexColumns)
            .ToHashSet(StringComparer.Ordinal);
        return names.Contains;
    }
}
