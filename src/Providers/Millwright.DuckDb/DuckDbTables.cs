using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.DuckDb.Csv;

namespace Millwright.DuckDb;

/// <summary>The table engine on an in-memory DuckDB, opened by the first query. Safe for concurrent use.</summary>
public sealed class DuckDbTables(DuckDbOptions? options = null) : ITableEngine, IDisposable
{
    private readonly Lazy<Database> _database = new(() => new Database(options ?? new DuckDbOptions()));

    /// <summary>Opens the engine ahead of the first query, so that it overlaps with other work.</summary>
    public Task WarmUpAsync() => Task.Run(() => _database.Value);

    /// <inheritdoc/>
    public async Task<Result<TableSource>> OpenAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
            return new Problem("table.missing", $"There is no file '{path}'.", "Check the path; it is relative to the current folder.", ProblemKind.NotFound);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".parquet" => await DescribeAsync(path, $"read_parquet({SqlText.FilePath(path)})", ct),
            ".jsonl" or ".ndjson" => await DescribeAsync(path, $"read_ndjson({SqlText.FilePath(path)}, sample_size = -1)", ct),
            ".json" => await DescribeAsync(path, $"read_json({SqlText.FilePath(path)}, sample_size = -1)", ct),
            _ => await Task.Run(() => CsvSource.Open(path, ct), ct),
        };
    }

    /// <inheritdoc/>
    public Task<Result<Table>> QueryAsync(string sql, CancellationToken ct) => Task.Run(
        () => Guarded(() =>
        {
            try
            {
                return _database.Value.Run<Table>(sql, TableReader.Read, ct);
            }
            catch (UnreadableTypeException unreadable)
            {
                return _database.Value.Run<Table>(unreadable.Cast(sql), TableReader.Read, ct);
            }
        }),
        ct);

    /// <inheritdoc/>
    public Task<Result<long>> CopyAsync(string sql, string path, CancellationToken ct) => Task.Run(() => Copy(sql, path, ct), ct);

    /// <summary>Closes the database.</summary>
    public void Dispose()
    {
        if (_database.IsValueCreated)
            _database.Value.Dispose();
    }

    private Result<long> Copy(string sql, string path, CancellationToken ct)
    {
        var format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => "FORMAT csv, HEADER true",
            ".tsv" => "FORMAT csv, HEADER true, DELIMITER '\t'",
            ".parquet" => "FORMAT parquet, COMPRESSION zstd",
            ".jsonl" or ".ndjson" => "FORMAT json",
            _ => null,
        };
        if (format is null)
            return new Problem("table.format", $"'{path}' has no known table format.", "Use the extension .csv, .tsv, .parquet or .jsonl.");
        var target = Path.GetFullPath(path);
        var beside = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var rows = Guarded(() => _database.Value.Run<Table>($"COPY ({sql}) TO {SqlText.Literal(beside)} ({format})", TableReader.Read, ct));
            if (!rows.TryGet(out var counted, out var problem))
                return problem;
            using (var file = new FileStream(beside, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(beside, target, overwrite: true);
            return (long)((NumberColumn)counted.Columns[0]).Values[0];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem("table.write", $"'{path}' cannot be written: {failure.Message}", "Check the folder's permissions and the free space.", ProblemKind.Unavailable);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private async Task<Result<TableSource>> DescribeAsync(string path, string sql, CancellationToken ct)
    {
        if (new FileInfo(path).Length == 0)
            return CsvSource.Empty(path);
        var described = await QueryAsync($"DESCRIBE SELECT * FROM {sql}", ct);
        if (!described.TryGet(out var rows, out var problem))
            return new Problem("table.unreadable", $"'{path}' cannot be read: {problem.Message}", "Check that the file is what its extension says.");
        var (names, types) = (rows.Columns[0], rows.Columns[1]);
        return new TableSource(path, sql, [.. Enumerable.Range(0, rows.Rows).Select(row => new TableColumn(names.TextAt(row)!, types.TextAt(row)!))]);
    }

    private static Result<T> Guarded<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (EngineException failure)
        {
            return EngineProblem.From(failure.Message);
        }
        catch (DllNotFoundException)
        {
            return new Problem("table.engine", "The DuckDB library is not beside the program.", "Run 'mw doctor'; in a checkout build again with network access to npm.", ProblemKind.Unavailable);
        }
    }
}
