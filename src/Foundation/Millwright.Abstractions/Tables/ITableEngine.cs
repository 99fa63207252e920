using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Tables;

/// <summary>Runs SQL over CSV, Parquet and JSON-lines files, in memory and in bounded memory (the dialect is DuckDB's).</summary>
public interface ITableEngine
{
    /// <summary>
    /// The <c>FROM</c> source of a file, with reader options that make malformed files an error, after checking what the engine would
    /// swallow or word badly: existence, emptiness, encoding, byte-order mark, duplicate header, ragged rows (each named with its line).
    /// </summary>
    Task<Result<TableSource>> OpenAsync(string path, CancellationToken ct);

    /// <summary>Runs one query and returns its result as columns.</summary>
    Task<Result<Table>> QueryAsync(string sql, CancellationToken ct);

    /// <summary>Writes a query's result to a file; the format follows the extension (<c>.csv</c>, <c>.parquet</c>). Written beside and renamed.</summary>
    Task<Result<long>> CopyAsync(string sql, string path, CancellationToken ct);
}

/// <summary>A readable file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sql">An expression for the <c>FROM</c> clause, such as <c>read_csv('…', header = true)</c>.</param>
/// <param name="Columns">Names and engine types, in order.</param>
public sealed record TableSource(string Path, string Sql, IReadOnlyList<TableColumn> Columns);

/// <summary>A column's name and engine type, such as <c>BIGINT</c>, <c>DOUBLE</c>, <c>VARCHAR</c>.</summary>
/// <param name="Name">As in the header.</param>
/// <param name="Type">Upper case.</param>
public sealed record TableColumn(string Name, string Type)
{
    /// <summary>Whether values are numbers (or booleans).</summary>
    public bool IsNumeric => Type is "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT"
        or "UINTEGER" or "UBIGINT" or "FLOAT" or "DOUBLE" || Type.StartsWith("DECIMAL", StringComparison.Ordinal);
}
