using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Features.Encoding;

namespace Millwright.Features.Fit;

/// <summary>Fits an encoding to a table: which columns are numbers, which categories the texts have, where values are missing.</summary>
internal sealed class FitEncoding(ITableEngine tables)
{
    private static readonly string[] IntegerTypes =
        ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"];

    public async Task<Result<FeatureEncoding>> RunAsync(TableSource source, FitOptions options, CancellationToken ct)
    {
        if (CheckNames(source, options) is { } unknown)
        {
            return unknown;
        }

        if (!(await FitLabelAsync(source, options, ct)).TryGet(out var label, out var problem))
        {
            return problem;
        }

        HashSet<string> left = [options.Label, options.RowId, .. options.Exclude];
        var used = source.Columns.Where(column => !left.Contains(column.Name)).ToList();
        if (used.Where(column => !column.IsNumeric && column.Type != "VARCHAR").ToList() is { Count: > 0 } strange)
        {
            return new Problem("features.type", "Columns that are neither numbers nor texts cannot be encoded.", "Turn them into numbers in a 'sql' step, or add them to 'exclude'.")
                .With(strange.Select(column => new ProblemDetail($"is {column.Type}", Key: column.Name)));
        }

        if (used.Count == 0)
        {
            return new Problem("features.none", "No column is left to learn from.", "Exclude fewer columns.");
        }

        var columns = ImmutableArray.CreateBuilder<EncodedColumn>(used.Count);
        var wrong = new List<ProblemDetail>();
        foreach (var column in used)
        {
            if (!(await FitColumnAsync(source, column, options, wrong, ct)).TryGet(out var fitted, out problem))
            {
                return problem;
            }

            columns.Add(fitted);
        }

        if (wrong.Count > 0)
        {
            return new Problem("features.categories", "Text columns have too many different values, or none.", "Cast numbers in a 'sql' step, add identifiers to 'exclude', or raise 'max_categories'.").With(wrong);
        }

        var encoding = new FeatureEncoding(columns.ToImmutable())
        {
            Label = label.Name.Length == 0 ? null : label,
            RowId = options.RowId.Length == 0 ? null : options.RowId,
            Keep = [.. options.Keep],
        };
        var twice = encoding.Features.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? encoding
            : new Problem("features.names", $"Two features would be named '{twice}'.", "Rename one of the columns in a 'sql' step.");
    }

    private static Problem? CheckNames(TableSource source, FitOptions options)
    {
        var known = source.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var wrong = new[] { ("label", options.Label), ("id", options.RowId) }
            .Concat(options.Exclude.Select(name => ("exclude", name)))
            .Concat(options.Keep.Select(name => ("keep", name)))
            .Where(named => named.Item2.Length > 0 && !known.Contains(named.Item2))
            .Select(named => new ProblemDetail($"the table has no column '{named.Item2}'", Key: named.Item1))
            .ToList();
        return wrong.Count == 0
            ? null
            : new Problem("features.column", $"The table has not all the named columns; it has {string.Join(", ", known)}.", "Correct the step's parameters.").With(wrong);
    }

    private async Task<Result<EncodedColumn>> FitColumnAsync(TableSource source, TableColumn column, FitOptions options, List<ProblemDetail> wrong, CancellationToken ct)
    {
        var name = SqlText.Name(column.Name);
        var missing = column.IsNumeric ? $"{name} IS NULL" : $"({name} IS NULL OR {name} = '')";
        var counted = await tables.QueryAsync($"SELECT count(*) FILTER (WHERE {missing}), count(DISTINCT {name}) FROM {source.Sql}", ct);
        if (!counted.TryGet(out var counts, out var problem))
        {
            return problem;
        }

        var isRequired = Number(counts, 0) == 0;
        if (column.IsNumeric)
        {
            var type = column.Type == "BOOLEAN" ? "boolean" : IntegerTypes.Contains(column.Type) && isRequired ? "long" : "double";
            return new EncodedColumn(column.Name, type, isRequired) { Missing = options.Missing };
        }

        if (Number(counts, 1) is var distinct && (distinct > options.MostCategories || distinct == 0))
        {
            wrong.Add(new ProblemDetail($"has {distinct} different values; expected 1 to {options.MostCategories}", Key: column.Name));
            return new EncodedColumn(column.Name, "string", isRequired);
        }

        var found = await tables.QueryAsync($"SELECT DISTINCT {name} FROM {source.Sql} WHERE NOT {missing}", ct);
        return found.Map(values => new EncodedColumn(column.Name, "string", isRequired)
        {
            Categories = [.. Texts(values).Order(StringComparer.Ordinal)],
        });
    }

    private async Task<Result<EncodedLabel>> FitLabelAsync(TableSource source, FitOptions options, CancellationToken ct)
    {
        if (options.Label.Length == 0)
        {
            return new EncodedLabel("", []);
        }

        var column = source.Columns.First(candidate => candidate.Name == options.Label);
        var name = SqlText.Name(options.Label);
        var read = await tables.QueryAsync($"SELECT DISTINCT CAST({name} AS VARCHAR) FROM {source.Sql} LIMIT 12", ct);
        if (!read.TryGet(out var table, out var problem))
        {
            return problem;
        }

        if (Enumerable.Range(0, table.Rows).Any(table.Columns[0].IsMissing))
        {
            return new Problem("features.label", $"The label '{options.Label}' is missing in some rows.", $"Leave them out in a 'sql' step: WHERE {name} IS NOT NULL.");
        }

        var values = Texts(table).Order(StringComparer.Ordinal).ToList();
        if (options.Positive.Length == 0 && column.IsNumeric)
        {
            return new EncodedLabel(options.Label, IsBinary(values) ? [.. values] : []);
        }

        if (values.Count != 2 || !values.Contains(options.Positive))
        {
            return new Problem(
                "features.positive",
                $"The label '{options.Label}' has the values {string.Join(", ", values.Take(10))}{(values.Count > 10 ? ", …" : "")}; the positive value is '{options.Positive}'.",
                "A text label needs exactly two values, one of them given as 'positive'.");
        }

        return new EncodedLabel(options.Label, [values.First(value => value != options.Positive), options.Positive]);
    }

    private static bool IsBinary(List<string> sorted) => sorted is ["0", "1"] or ["false", "true"];

    private static long Number(Table table, int column) => (long)((NumberColumn)table.Columns[column]).Values[0];

    private static IEnumerable<string> Texts(Table table) => Enumerable.Range(0, table.Rows).Select(row => table.Columns[0].TextAt(row) ?? "");
}
