using Millwright.DuckDb.Native;

namespace Millwright.DuckDb;

/// <summary>One in-memory database. Every query has its own connection, so concurrent use is safe.</summary>
internal sealed class Database : IDisposable
{
    private readonly DatabaseHandle _handle;

    internal Database(DuckDbOptions options)
    {
        DuckDbLibrary.duckdb_create_config(out var config);
        try
        {
            foreach (var (name, value) in Settings(options))
            {
                if (DuckDbLibrary.duckdb_set_config(config, name, value) != 0)
                    throw new EngineException($"The engine refuses the setting {name} = {value}.");
            }

            if (DuckDbLibrary.duckdb_open_ext(null, out var database, config, out var error) != 0)
            {
                var message = DuckDbLibrary.TextOf(error);
                DuckDbLibrary.duckdb_free(error);
                throw new EngineException(message);
            }

            _handle = new DatabaseHandle(database);
        }
        finally
        {
            DuckDbLibrary.duckdb_destroy_config(ref config);
        }
    }

    /// <summary>Runs one statement and hands its result over before it is freed; a cancelled token interrupts it.</summary>
    /// <exception cref="EngineException">The statement failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal T Run<T>(string sql, ResultReader<T> read, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (DuckDbLibrary.duckdb_connect(_handle, out var raw) != 0)
            throw new EngineException("The engine gives no connection.");
        using var connection = new ConnectionHandle(raw);
        using var interrupt = ct.Register(static state => DuckDbLibrary.duckdb_interrupt((ConnectionHandle)state!), connection);
        var failed = DuckDbLibrary.duckdb_prepare(connection, sql, out raw) != 0;
        using var statement = new StatementHandle(raw);
        if (failed)
            throw new EngineException(DuckDbLibrary.TextOf(DuckDbLibrary.duckdb_prepare_error(statement)));
        ct.ThrowIfCancellationRequested();
        failed = DuckDbLibrary.duckdb_execute_prepared(statement, out var result) != 0;
        try
        {
            if (failed)
            {
                ct.ThrowIfCancellationRequested();
                throw new EngineException(DuckDbLibrary.TextOf(DuckDbLibrary.duckdb_result_error(ref result)));
            }

            return read(ref result, ct);
        }
        finally
        {
            DuckDbLibrary.duckdb_destroy_result(ref result);
        }
    }

    public void Dispose() => _handle.Dispose();

    private static (string Name, string Value)[] Settings(DuckDbOptions options) =>
    [
        ("threads", options.Threads.ToString()),
        ("memory_limit", $"{options.EffectiveMemoryMiB}MiB"),
        ("temp_directory", options.SpillFolder),
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
    ];
}

/// <summary>Reads a result while it is alive.</summary>
internal delegate T ResultReader<out T>(ref ResultBlock result, CancellationToken ct);
