using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Monitoring.Profile;

namespace Millwright.Monitoring.Drift;

/// <summary>Whether one table looks like another.</summary>
/// <param name="ReferenceRows">Rows of the reference.</param>
/// <param name="CurrentRows">Rows of the current table.</param>
/// <param name="Columns">Columns that both have.</param>
/// <param name="Lost">Columns that only the reference has.</param>
/// <param name="New">Columns that only the current table has.</param>
public sealed record DriftReport(
    long ReferenceRows, long CurrentRows, ImmutableArray<ColumnDrift> Columns, ImmutableArray<string> Lost, ImmutableArray<string> New)
{
    /// <summary>Whether a column has moved or is lost.</summary>
    public bool Drifted => !Lost.IsEmpty || Columns.Any(column => column.Drifted);
}

/// <summary>Compares two files (CSV, Parquet, JSON lines), or a file with a stored profile (<c>.json</c> of the <c>profile</c> step), column by column.</summary>
public sealed class DriftOfTables(ITableEngine tables, ProfileTable profile, CompareColumns compare)
{
    /// <summary>Compares. A file that cannot be read, or one without rows, is a problem.</summary>
    public async Task<Result<DriftReport>> RunAsync(string reference, string current, DriftLimits limits, CancellationToken ct)
    {
        if (!(await ReferenceAsync(reference, ct)).TryGet(out var was, out var problem)
            || !(await tables.OpenAsync(current, ct)).TryGet(out var source, out problem)
            || !(await RowsAsync(source, ct)).TryGet(out var rows, out problem))
        {
            return problem;
        }

        if (was.Rows == 0 || rows == 0)
        {
            return new Problem("drift.empty", $"'{(was.Rows == 0 ? reference : current)}' has no rows.", "Compare tables with rows.");
        }

        var columns = ImmutableArray.CreateBuilder<ColumnDrift>();
        foreach (var column in was.Columns.Where(column => source.Columns.Any(other => other.Name == column.Name)))
        {
            if (!(await TallyTable.RunAsync(tables, source, column, ct)).TryGet(out var tally, out problem))
            {
                return problem;
            }

            columns.Add(compare.Run(column, tally, limits));
        }

        return new DriftReport(
            was.Rows, rows, columns.ToImmutable(),
            [.. was.Columns.Select(column => column.Name).Except(source.Columns.Select(column => column.Name))],
            [.. source.Columns.Select(column => column.Name).Except(was.Columns.Select(column => column.Name))]);
    }

    private async Task<Result<DataProfile>> ReferenceAsync(string path, CancellationToken ct)
    {
        if (Path.GetExtension(path) is not ".json" || !File.Exists(path))
        {
            return await profile.RunAsync(path, ct);
        }

        var text = await File.ReadAllTextAsync(path, ct);
        return text.Contains("\"millwright-profile/", StringComparison.Ordinal) ? ProfileText.Read(text) : await profile.RunAsync(path, ct);
    }

    private async Task<Result<long>> RowsAsync(TableSource source, CancellationToken ct) =>
        (await tables.QueryAsync($"SELECT count(*) AS rows FROM {source.Sql}", ct)).Map(table => table.Long("rows"));
}
