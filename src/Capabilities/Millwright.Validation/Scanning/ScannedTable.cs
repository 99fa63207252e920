using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.Validation.Scanning;

/// <summary>
/// A file's columns, read once into the engine. Row numbers come from it (<c>rowid</c> counts from 0 in file order), and every further
/// question is answered without parsing the file again; what exceeds memory the engine spills to disk.
/// </summary>
internal sealed class ScannedTable : IAsyncDisposable
{
    private readonly ITableEngine _engine;
    private readonly Dictionary<string, CheckedColumn> _byName;

    private ScannedTable(ITableEngine engine, string name, IReadOnlyList<CheckedColumn> columns, long rows)
    {
        (_engine, Name, Columns, Rows) = (engine, name, columns, rows);
        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>In SQL.</summary>
    internal string Name { get; }

    /// <summary>All the file's columns, in order; only those that the suite names were read.</summary>
    internal IReadOnlyList<CheckedColumn> Columns { get; }

    /// <summary>Rows of the file.</summary>
    internal long Rows { get; }

    internal CheckedColumn? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads the columns for which <paramref name="isNeeded"/> holds.</summary>
    internal static async Task<Result<ScannedTable>> ReadAsync(ITableEngine engine, TableSource source, Func<string, bool> isNeeded, CancellationToken ct)
    {
        var columns = source.Columns.Select(column => new CheckedColumn(column.Name, column.Type)).ToList();
        var list = columns.Where(column => isNeeded(column.Name)).Select(column => Projection(column, source)).DefaultIfEmpty("true AS \"only rows\"");
        var name = $"scan_{Guid.NewGuid():n}";
        var created = await engine.QueryAsync($"CREATE TABLE {name} AS SELECT {string.Join(", ", list)} FROM {source.Sql}", ct);
        if (!created.TryGet(out var count, out var problem))
            return problem;
        return new ScannedTable(engine, name, columns, (long)((NumberColumn)count.Columns[0]).Values[0]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _engine.QueryAsync($"DROP TABLE IF EXISTS {Name}", CancellationToken.None);

    private static string Projection(CheckedColumn column, TableSource source) => column.Type switch
    {
        // Not-a-number means missing, as in a data frame; in a text file it has been read as missing already.
        "DOUBLE" or "FLOAT" when !source.Sql.StartsWith("read_csv", StringComparison.Ordinal) => $"CASE WHEN isnan({column.Sql}) THEN NULL ELSE {column.Sql} END AS {column.Sql}",
        _ => column.Sql,
    };
}
