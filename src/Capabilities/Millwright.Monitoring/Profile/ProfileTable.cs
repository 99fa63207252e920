using System.Collections.Immutable;
using System.Globalization;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.Monitoring.Profile;

/// <summary>Profiles a CSV, Parquet or JSON-lines file in the table engine, in bounded memory. The same file gives the same profile.</summary>
public sealed class ProfileTable(ITableEngine tables)
{
    // Numbers with at most so many values get a bin each: a quantile would put a yes/no column into one bin and see nothing.
    private const int FewValues = 20;
    private const int QuantileBins = 50;
    private const int MostCategories = 100;

    /// <summary>Profiles every column.</summary>
    public async Task<Result<DataProfile>> RunAsync(string path, CancellationToken ct) =>
        (await tables.OpenAsync(path, ct)).TryGet(out var source, out var problem) ? await RunAsync(source, ct) : problem;

    /// <summary>Profiles an opened file.</summary>
    public async Task<Result<DataProfile>> RunAsync(TableSource source, CancellationToken ct)
    {
        if (!(await tables.QueryAsync(FactsSql(source), ct)).TryGet(out var facts, out var problem))
        {
            return problem;
        }

        var rows = facts.Long("rows");
        var columns = ImmutableArray.CreateBuilder<ColumnProfile>(source.Columns.Count);
        for (var index = 0; index < source.Columns.Count; index++)
        {
            var column = source.Columns[index];
            var (count, distinct) = (facts.Long(Part("count", index)), facts.Long(Part("distinct", index)));
            var profile = new ColumnProfile(column.Name, column.Type, KindOf(column, count, distinct), count, rows - count, Math.Min(distinct, count));
            var filled = profile switch
            {
                { Count: 0 } => profile,
                { Kind: ColumnKind.Number } => await NumbersAsync(source, profile, facts, index, ct),
                { Kind: ColumnKind.Category } => await CategoriesAsync(source, profile, ct),
                _ => profile,
            };
            if (!filled.TryGet(out profile, out problem))
            {
                return problem;
            }

            columns.Add(profile);
        }

        return new DataProfile(rows, columns.MoveToImmutable());
    }

    private static ColumnKind KindOf(TableColumn column, long count, long distinct) =>
        column.IsNumeric ? ColumnKind.Number
        : column.Type is "VARCHAR" && (distinct <= 50 || distinct <= count / 2) ? ColumnKind.Category
        : ColumnKind.Other;

    private static string FactsSql(TableSource source) => "SELECT count(*) AS rows" + string.Concat(source.Columns.Select((column, index) =>
    {
        var value = column.IsNumeric ? Sql.AsNumber(column.Name) : Sql.Name(column.Name);
        var counts = $", count({value}) AS {Part("count", index)}, approx_count_distinct({value}) AS {Part("distinct", index)}";
        return column.IsNumeric
            ? $"{counts}, avg({value}) AS {Part("mean", index)}, stddev_samp({value}) AS {Part("std", index)}, min({value}) AS {Part("min", index)}, max({value}) AS {Part("max", index)}"
            : counts;
    })) + $" FROM {source.Sql}";

    private async Task<Result<ColumnProfile>> NumbersAsync(TableSource source, ColumnProfile profile, Table facts, int index, CancellationToken ct)
    {
        if (!(await EdgesAsync(source, profile, ct)).TryGet(out var edges, out var problem))
        {
            return problem;
        }

        var (few, inner) = edges;
        var std = facts.Double(Part("std", index));
        profile = profile with
        {
            Distinct = few ? inner.Length + 1 : profile.Distinct,
            Numbers = new NumberProfile(
                facts.Double(Part("mean", index)), double.IsNaN(std) ? 0 : std, facts.Double(Part("min", index)), facts.Double(Part("max", index)),
                inner, [.. new long[inner.Length + 1]]),
        };
        return (await TallyTable.RunAsync(tables, source, profile, ct)).Map(tally => profile with { Numbers = profile.Numbers with { Counts = tally.Bins } });
    }

    private async Task<Result<(bool Few, ImmutableArray<double> Inner)>> EdgesAsync(TableSource source, ColumnProfile profile, CancellationToken ct)
    {
        var value = Sql.AsNumber(profile.Name);
        var distinct = await tables.QueryAsync($"SELECT DISTINCT {value} AS x FROM {source.Sql} WHERE {value} IS NOT NULL ORDER BY x LIMIT {FewValues + 1}", ct);
        if (!distinct.TryGet(out var values, out var problem))
        {
            return problem;
        }

        if (values.Rows <= FewValues)
        {
            return (true, [.. ((NumberColumn)values["x"]).Values[..^1]]);
        }

        // One column at a time: the exact quantiles need its values in memory.
        var places = string.Join(", ", Enumerable.Range(1, QuantileBins - 1).Select(place => (place / (double)QuantileBins).ToString("R", CultureInfo.InvariantCulture)));
        var quantiles = await tables.QueryAsync($"SELECT unnest(quantile_cont({value}, [{places}])) AS x FROM {source.Sql}", ct);
        return quantiles.Map(table => (false, ((NumberColumn)table["x"]).Values.Distinct().Order().ToImmutableArray()));
    }

    private async Task<Result<ColumnProfile>> CategoriesAsync(TableSource source, ColumnProfile profile, CancellationToken ct)
    {
        var sql = $"SELECT {Sql.AsText(profile.Name)} AS v, count(*) AS n FROM {source.Sql} WHERE {Sql.Name(profile.Name)} IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT {MostCategories}";
        return (await tables.QueryAsync(sql, ct)).Map(table =>
        {
            var top = Enumerable.Range(0, table.Rows).Select(row => new CategoryCount(table["v"].TextAt(row)!, table.Long("n", row))).ToImmutableArray();
            return profile with
            {
                Top = top,
                Rest = profile.Count - top.Sum(category => category.Count),
                Distinct = top.Length < MostCategories ? top.Length : profile.Distinct,
            };
        });
    }

    private static string Part(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}_{index}");
}
