using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Millwright.Abstractions.Ledger;

namespace Millwright.Relational;

/// <summary>One write inside the writer's transaction. Not for keeping: it is valid while the work runs.</summary>
public sealed class WriteSession
{
    private readonly LedgerAppender _appender;

    internal WriteSession(SqliteConnection connection, SqliteTransaction transaction, LedgerAppender appender) =>
        (Connection, Transaction, _appender) = (connection, transaction, appender);

    /// <summary>The writer's connection.</summary>
    public DbConnection Connection { get; }

    /// <summary>The group's transaction.</summary>
    public DbTransaction Transaction { get; }

    /// <summary>Appends an event to the ledger, in this write's transaction.</summary>
    public LedgerEvent Append(LedgerDraft draft) => _appender.Append(draft);

    /// <summary>Executes a statement with Dapper's parameters and returns the rows affected.</summary>
    public int Execute(string sql, object? parameters = null) => Connection.Execute(sql, parameters, Transaction);

    /// <summary>Queries rows with Dapper's mapping.</summary>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) => Connection.Query<T>(sql, parameters, Transaction).AsList();

    /// <summary>The first row, or default.</summary>
    public T? QueryFirst<T>(string sql, object? parameters = null) => Connection.QueryFirstOrDefault<T>(sql, parameters, Transaction);
}
