using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Validation.Results;
using Millwright.Validation.Scanning;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Expectations.Families;

/// <summary>Judges every row by itself: counts the rows that break a predicate and shows them.</summary>
internal sealed class MapCheck : ICheck
{
    // 1.x cuts the complete list of values here; 0.x does not.
    private const int LongestList = 200;

    private readonly ExpectationCall _call;
    private readonly MapDomain _domain;
    private readonly string? _missing;
    private readonly string _unexpected;
    private readonly int _elementSlot;
    private readonly int _missingSlot;
    private readonly int _unexpectedSlot;

    /// <param name="call">The expectation.</param>
    /// <param name="domain">Whose values.</param>
    /// <param name="missing">SQL: the row is left out; null = every row counts and the result speaks of no missing rows.</param>
    /// <param name="expected">SQL: the row is as expected; unknown counts as broken.</param>
    internal MapCheck(ExpectationCall call, MapDomain domain, string? missing, string expected)
    {
        (_call, _domain, _missing) = (call, domain, missing);
        _unexpected = missing is null ? $"NOT coalesce(({expected}), false)" : $"NOT ({missing}) AND NOT coalesce(({expected}), false)";
        _elementSlot = call.Plan.Add(call.Scope.Aggregate("count(*)"));
        _missingSlot = missing is null ? -1 : call.Plan.Add(call.Scope.Aggregate("count(*)", missing));
        _unexpectedSlot = call.Plan.Add(call.Scope.Aggregate("count(*)", _unexpected));
    }

    public async Task<Result<Finding>> FindAsync(ScanAnswers answers, RowReader rows, CancellationToken ct)
    {
        var elements = answers.Count(_elementSlot);
        var missing = _missing is null ? 0 : answers.Count(_missingSlot);
        var unexpected = answers.Count(_unexpectedSlot);
        var present = elements - missing;
        var isMet = present == 0 || (double)(present - unexpected) / present >= _call.Arguments.Mostly;
        if (_call.Format.Verbosity == Verbosity.BooleanOnly)
            return new Finding(isMet, []);
        Table? examples = new([], 0);
        if (unexpected > 0 && IsShowing && !(isMet && _call.Format.OnlyBroken) && !(await rows.ReadAsync(ExamplesSql(), ct)).TryGet(out examples, out var problem))
            return problem;
        return new Finding(isMet, Facts(elements, missing, unexpected, examples!));
    }

    private bool IsShowing => _call.Format.PartialUnexpectedCount > 0 || _call.Format.Verbosity == Verbosity.Complete;

    private string ExamplesSql()
    {
        var columns = _domain.Columns.Select(column => column.Sql).Concat(_call.Format.IndexColumns.Select(SqlText.Name));
        if (_call.Format.IncludeUnexpectedRows)
            columns = columns.Concat(_call.Table.Columns.Select(column => column.Sql));
        var limit = _call.Format.Verbosity == Verbosity.Complete || (_call.Format.IncludeUnexpectedRows && _call.Version == SuiteVersion.V0)
            ? ""
            : $"LIMIT {_call.Format.PartialUnexpectedCount}";
        return _call.Scope.Select($"rowid, {string.Join(", ", columns)}", _unexpected, $"ORDER BY rowid {limit}");
    }

    private JsonObject Facts(long elements, long missing, long unexpected, Table examples)
    {
        var format = _call.Format;
        var partial = Math.Min(format.PartialUnexpectedCount, examples.Rows);
        var facts = new JsonObject
        {
            ["element_count"] = elements,
            ["unexpected_count"] = unexpected,
            ["unexpected_percent"] = Percent(unexpected, elements - missing),
        };
        if (!format.ExcludeUnexpectedValues)
            facts["partial_unexpected_list"] = Values(examples, partial);
        if (format.IndexColumns.Count > 0 && unexpected > 0 && _missing is not null)
            facts["unexpected_index_column_names"] = new JsonArray([.. format.IndexColumns.Select(name => (JsonNode)name)]);
        if (_missing is not null)
        {
            facts["missing_count"] = missing;
            facts["missing_percent"] = Percent(missing, elements);
            facts["unexpected_percent_total"] = Percent(unexpected, elements);
            facts["unexpected_percent_nonmissing"] = Percent(unexpected, elements - missing);
        }

        if (format.IncludeUnexpectedRows)
            facts["unexpected_rows"] = _missing is null || _domain.Columns.Count > 1 ? null : WholeRows(examples, _call.Version == SuiteVersion.V0 ? examples.Rows : partial);
        if (format.Verbosity < Verbosity.Summary)
            return facts;
        if (format.PartialUnexpectedCount > 0)
            Partial(facts, examples, partial);
        if (format.Verbosity == Verbosity.Complete)
            Complete(facts, examples);
        return facts;
    }

    private void Partial(JsonObject facts, Table examples, int partial)
    {
        var format = _call.Format;
        var counted = format.Verbosity == Verbosity.Complete ? LongestOf(examples) : partial;
        if (!format.ExcludeUnexpectedValues
            && UnexpectedCounts.Of(Enumerable.Range(0, counted).Select(row => _domain.CountedAt(examples, row, 1)), format.PartialUnexpectedCount, _domain.IsSelfUnequal) is { } counts)
            facts["partial_unexpected_counts"] = counts;
        facts["partial_unexpected_index_list"] = Indices(examples, partial);
    }

    private void Complete(JsonObject facts, Table examples)
    {
        if (!_call.Format.ExcludeUnexpectedValues)
            facts["unexpected_list"] = Values(examples, LongestOf(examples));
        facts["unexpected_index_list"] = Indices(examples, examples.Rows);
        if (_call.Format.ReturnIndexQuery)
            facts["unexpected_index_query"] = $"df.filter(items=[{string.Join(", ", Enumerable.Range(0, examples.Rows).Select(row => RowAt(examples, row)))}], axis=0)";
    }

    private int LongestOf(Table examples) => _call.Version == SuiteVersion.V0 ? examples.Rows : Math.Min(examples.Rows, LongestList);

    private JsonArray Values(Table examples, int count) =>
        [.. Enumerable.Range(0, count).Select(row => _domain.ShownAt(examples, row, 1))];

    private JsonArray Indices(Table examples, int count)
    {
        var rows = Enumerable.Range(0, count);
        var names = _call.Format.IndexColumns;
        var first = 1 + _domain.Columns.Count;
        if (names.Count == 0)
            return [.. rows.Select(row => (JsonNode)RowAt(examples, row))];
        if (_call.Format.ExcludeUnexpectedValues)
            return [new JsonObject(names.Select((name, index) => KeyValuePair.Create(name, (JsonNode?)new JsonArray([.. rows.Select(row => JsonCell.At(examples.Columns[first + index], row))]))))];
        return [.. rows.Select(row => (JsonNode)new JsonObject(_domain.NamedAt(examples, row, 1)
            .Concat(names.Select((name, index) => KeyValuePair.Create(name, JsonCell.At(examples.Columns[first + index], row))))
            .DistinctBy(pair => pair.Key)))];
    }

    private JsonArray WholeRows(Table examples, int count)
    {
        var first = 1 + _domain.Columns.Count + _call.Format.IndexColumns.Count;
        return [.. Enumerable.Range(0, count).Select(row => (JsonNode)new JsonObject(_call.Table.Columns.Select((column, index) =>
            KeyValuePair.Create(column.Name, JsonCell.At(examples.Columns[first + index], row)))))];
    }

    private static long RowAt(Table examples, int row) => (long)((NumberColumn)examples.Columns[0]).Values[row];

    private static JsonNode? Percent(long part, long whole) => whole == 0 ? null : JsonCell.Number((double)part / whole * 100);
}
