using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.Monitoring.Profile;

/// <summary>Counts a file's column into a reference's bins, in the table engine.</summary>
internal static class TallyTable
{
    public static async Task<Result<ColumnTally>> RunAsync(ITableEngine tables, TableSource source, ColumnProfile reference, CancellationToken ct) =>
        reference switch
        {
            { Numbers: { } numbers } => await NumbersAsync(tables, source, reference, numbers, ct),
            { Kind: ColumnKind.Category } => await CategoriesAsync(tables, source, reference, ct),
            _ => (await tables.QueryAsync($"SELECT count({Sql.Name(reference.Name)}) AS n, count(*) AS rows FROM {source.Sql}", ct))
                .Map(table => new ColumnTally([table.Long("n")], table.Long("rows") - table.Long("n"))),
        };

    private static async Task<Result<ColumnTally>> NumbersAsync(
        ITableEngine tables, TableSource source, ColumnProfile reference, NumberProfile numbers, CancellationToken ct)
    {
        // Text that is no number becomes missing, as it does when a prediction is counted.
        var column = source.Columns.First(column => column.Name == reference.Name);
        var value = column.IsNumeric
            ? Sql.AsNumber(reference.Name)
            : $"CASE WHEN isfinite(TRY_CAST({Sql.Name(reference.Name)} AS DOUBLE)) THEN TRY_CAST({Sql.Name(reference.Name)} AS DOUBLE) END";
        var below = string.Concat(numbers.Edges.Select((edge, index) => $", count(*) FILTER (WHERE x <= {Sql.Number(edge)}) AS b{index}"));
        var counted = await tables.QueryAsync($"SELECT count(*) AS rows, count(x) AS n{below} FROM (SELECT {value} AS x FROM {source.Sql})", ct);
        return counted.Map(table =>
        {
            var bins = ImmutableArray.CreateBuilder<long>(numbers.Edges.Length + 1);
            var last = 0L;
            for (var index = 0; index < numbers.Edges.Length; index++)
            {
                var upTo = table.Long($"b{index}");
                bins.Add(upTo - last);
                last = upTo;
            }

            bins.Add(table.Long("n") - last);
            return new ColumnTally(bins.MoveToImmutable(), table.Long("rows") - table.Long("n"));
        });
    }

    private static async Task<Result<ColumnTally>> CategoriesAsync(ITableEngine tables, TableSource source, ColumnProfile reference, CancellationToken ct)
    {
        var known = string.Join(", ", reference.Top.Select(category => Sql.Text(category.Value)));
        var inTop = reference.Top.IsEmpty ? "false" : $"v IN ({known})";
        var sql = $"SELECT CASE WHEN {inTop} THEN v END AS k, v IS NULL AS missing, count(*) AS n FROM (SELECT {Sql.AsText(reference.Name)} AS v FROM {source.Sql}) GROUP BY k, missing";
        return (await tables.QueryAsync(sql, ct)).Map(table =>
        {
            var bins = new long[reference.Top.Length + 1];
            var missing = 0L;
            for (var row = 0; row < table.Rows; row++)
            {
                var count = table.Long("n", row);
                if (table.Double("missing", row) > 0)
                {
                    missing += count;
                }
                else
                {
                    var at = table["k"].TextAt(row) is { } category ? IndexOf(reference, category) : bins.Length - 1;
                    bins[at] += count;
                }
            }

            return new ColumnTally([.. bins], missing);
        });
    }

    private static int IndexOf(ColumnProfile reference, string category)
    {
        for (var index = 0; index < reference.Top.Length; index++)
        {
            if (reference.Top[index].Value == category)
            {
                return index;
            }
        }

        return reference.Top.Length;
    }
}
