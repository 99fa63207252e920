using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Millwright.Abstractions.Results;

namespace Millwright.Relational;

/// <summary>
/// The project's metadata. Reads run side by side on connections of their own. Writes run one after another on one writer, which commits
/// whatever waits as a group, so that one fsync serves many; each write is all or nothing, and its ledger events are in its transaction.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    // A group this large keeps the commit's share of the time negligible without making the first of the group wait noticeably.
    private const int GroupSize = 512;

    private readonly string _path;
    private readonly string _connectionString;
    private readonly TimeProvider _clock;
    private readonly Channel<PendingWrite> _queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(16_384) { SingleReader = true });
    private readonly Stack<SqliteConnection> _idle = new();
    private readonly SqliteConnection _writer;
    private readonly Task _loop;

    private Database(string path, string connectionString, SqliteConnection writer, TimeProvider clock)
    {
        (_path, _connectionString, _writer, _clock) = (path, connectionString, writer, clock);
        _loop = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Raised on the writer after each durable commit that appended ledger events; handlers must be quick.</summary>
    public event Action? Appended;

    /// <summary>Opens or creates the database file and brings it to this version. A newer database, or a file that is none, is a problem.</summary>
    public static Result<Database> Open(string path, TimeProvider clock)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString();
        SqliteConnection? writer = null;
        try
        {
            writer = Connect(connectionString);
            Execute(writer, "PRAGMA journal_mode = WAL");
            // FULL: an acknowledged write survives a power cut; group commit pays for it.
            Execute(writer, "PRAGMA synchronous = FULL");
            if (Migrator.Run(writer, path, clock) is { } problem)
            {
                writer.Dispose();
                return problem;
            }

            return new Database(path, connectionString, writer, clock);
        }
        catch (SqliteException failure)
        {
            writer?.Dispose();
            return DatabaseProblems.From(failure, path);
        }
    }

    /// <summary>Runs a write. When it throws or its result is a problem, nothing of it is kept. Returns once it is durable.</summary>
    public async Task<Result<T>> WriteAsync<T>(Func<WriteSession, Result<T>> work, CancellationToken ct)
    {
        var pending = new PendingWrite<T>(work, _path);
        await _queue.Writer.WriteAsync(pending, ct).ConfigureAwait(false);
        return await pending.Completion.ConfigureAwait(false);
    }

    /// <summary>Runs a write that cannot be refused.</summary>
    /// <exception cref="OutageException">The database cannot be written.</exception>
    public async Task<T> CommitAsync<T>(Func<WriteSession, T> work, CancellationToken ct)
    {
        var written = await WriteAsync(session => Result.Of(work(session)), ct).ConfigureAwait(false);
        return written.Problem is { } outage ? throw new OutageException(outage) : written.Value;
    }

    /// <summary>Runs a read on a connection of its own; it sees every write that was acknowledged before.</summary>
    public T Read<T>(Func<DbConnection, T> work)
    {
        var connection = Rent();
        try
        {
            return work(connection);
        }
        finally
        {
            Return(connection);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        lock (_idle)
        {
            while (_idle.TryPop(out var connection))
            {
                connection.Dispose();
            }
        }

        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private static SqliteConnection Connect(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 30000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Rent()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out var connection))
            {
                return connection;
            }
        }

        return Connect(_connectionString);
    }

    private void Return(SqliteConnection connection)
    {
        lock (_idle)
        {
            if (_idle.Count < 8)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    private void WriteLoop()
    {
        using var appender = new LedgerAppender(_writer, _clock);
        using var savepoint = new Savepoint(_writer);
        var group = new List<PendingWrite>(GroupSize);
        var reader = _queue.Reader;
        while (WaitForWork(reader))
        {
            group.Clear();
            while (group.Count < GroupSize && reader.TryRead(out var pending))
            {
                group.Add(pending);
            }

            CommitGroup(group, appender, savepoint);
        }
    }

    // The loop owns its thread, so waiting may block it: SQLite's calls block as well, and no pool thread is held up.
#pragma warning disable RS0030
    private static bool WaitForWork(ChannelReader<PendingWrite> reader) => reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore RS0030

    private void CommitGroup(List<PendingWrite> group, LedgerAppender appender, Savepoint savepoint)
    {
        var appended = false;
        try
        {
            using var transaction = _writer.BeginTransaction(deferred: false);
            appender.Begin(transaction);
            savepoint.Begin(transaction);
            var session = new WriteSession(_writer, transaction, appender);
            foreach (var pending in group)
            {
                Run(pending, session, savepoint, appender);
            }

            appended = appender.Save();
            transaction.Commit();
        }
        catch (Exception failure)
        {
            appender.Forget();
            foreach (var pending in group)
            {
                pending.Fail(failure);
            }

            return;
        }

        foreach (var pending in group)
        {
            pending.Acknowledge();
        }

        if (appended)
        {
            Appended?.Invoke();
        }
    }

    private static void Run(PendingWrite pending, WriteSession session, Savepoint savepoint, LedgerAppender appender)
    {
        savepoint.Set();
        var mark = appender.Mark();
        if (pending.Run(session))
        {
            savepoint.Release();
            return;
        }

        savepoint.Rollback();
        savepoint.Release();
        appender.Return(mark);
    }

    // SqliteTransaction.Save compiles its statement anew each time; with thousands of writes a second that is most of the time.
    private sealed class Savepoint(SqliteConnection connection) : IDisposable
    {
        private readonly SqliteCommand _set = new("SAVEPOINT one_write", connection);
        private readonly SqliteCommand _release = new("RELEASE one_write", connection);
        private readonly SqliteCommand _rollback = new("ROLLBACK TO one_write", connection);

        public void Begin(SqliteTransaction transaction) => (_set.Transaction, _release.Transaction, _rollback.Transaction) = (transaction, transaction, transaction);

        public void Set() => _set.ExecuteNonQuery();

        public void Release() => _release.ExecuteNonQuery();

        public void Rollback() => _rollback.ExecuteNonQuery();

        public void Dispose()
        {
            _set.Dispose();
            _release.Dispose();
            _rollback.Dispose();
        }
    }

    private abstract class PendingWrite
    {
        /// <summary>Runs the work; false when it must be undone.</summary>
        public abstract bool Run(WriteSession session);

        /// <summary>Completes the caller after the commit.</summary>
        public abstract void Acknowledge();

        /// <summary>Completes the caller when the group could not be committed.</summary>
        public abstract void Fail(Exception failure);
    }

    private sealed class PendingWrite<T>(Func<WriteSession, Result<T>> work, string path) : PendingWrite
    {
        private readonly TaskCompletionSource<Result<T>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Result<T> _result;
        private Exception? _failure;

        public Task<Result<T>> Completion => _completion.Task;

        public override bool Run(WriteSession session)
        {
            try
            {
                _result = work(session);
                return _result.IsOk;
            }
            catch (Exception failure)
            {
                _failure = failure;
                return false;
            }
        }

        public override void Acknowledge()
        {
            if (_failure is null)
            {
                _completion.TrySetResult(_result);
            }
            else
            {
                Fail(_failure);
            }
        }

        public override void Fail(Exception failure)
        {
            if ((_failure ?? failure) is SqliteException sqlite && DatabaseProblems.IsOutage(sqlite))
            {
                _completion.TrySetResult(DatabaseProblems.From(sqlite, path));
            }
            else
            {
                _completion.TrySetException(_failure ?? failure);
            }
        }
    }
}
