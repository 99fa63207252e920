using Dapper;
using Microsoft.Data.Sqlite;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;

namespace Millwright.Relational;

/// <summary>Chains events onto the head within the writer's transaction; its statements stay prepared.</summary>
internal sealed class LedgerAppender : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _event;
    private readonly SqliteCommand _edge;
    private (long Seq, string Hash)? _head;
    private long _saved;

    public LedgerAppender(SqliteConnection connection, TimeProvider clock)
    {
        (_connection, _clock) = (connection, clock);
        _event = Prepare(
            "INSERT INTO ledger_events (seq, id, at, actor, kind, subject, inputs, outputs, body, prev, hash) VALUES ($seq, $id, $at, $actor, $kind, $subject, $inputs, $outputs, $body, $prev, $hash)",
            "$seq", "$id", "$at", "$actor", "$kind", "$subject", "$inputs", "$outputs", "$body", "$prev", "$hash");
        _edge = Prepare("INSERT OR IGNORE INTO ledger_edges (source, target, seq) VALUES ($source, $target, $seq)", "$source", "$target", "$seq");
    }

    /// <summary>Starts a group.</summary>
    public void Begin(SqliteTransaction transaction)
    {
        (_event.Transaction, _edge.Transaction) = (transaction, transaction);
        if (_head is null)
        {
            var (seq, hash) = _connection.QueryFirstOrDefault<(long, string)>("SELECT seq, hash FROM ledger_head", transaction: transaction);
            _head = seq == 0 ? (0, LedgerHash.Genesis) : (seq, hash);
            _saved = seq;
        }
    }

    /// <summary>Where the chain stands, to return to when a write is undone.</summary>
    public (long Seq, string Hash) Mark() => _head!.Value;

    /// <summary>Takes the chain back to a mark.</summary>
    public void Return((long Seq, string Hash) mark) => _head = mark;

    /// <summary>After a failed commit: read the head anew.</summary>
    public void Forget() => _head = null;

    /// <summary>Appends one event.</summary>
    public LedgerEvent Append(LedgerDraft draft)
    {
        var (prevSeq, prev) = _head!.Value;
        var now = _clock.GetUtcNow();
        var (seq, id, at, body) = (prevSeq + 1, NewId.Next(_clock), LedgerHash.Time(now), LedgerHash.Text(draft.Body));
        var subject = draft.Subject.ToString();
        var hash = LedgerHash.Compute(seq, id, at, draft.Actor.Name, draft.Kind, subject, draft.Inputs, draft.Outputs, body, prev);
        Set(_event, seq, id, at, draft.Actor.Name, draft.Kind, subject, SubjectList.Write(draft.Inputs), SubjectList.Write(draft.Outputs), body, prev, hash);
        _event.ExecuteNonQuery();
        foreach (var input in draft.Inputs)
        {
            Set(_edge, input.ToString(), subject, seq);
            _edge.ExecuteNonQuery();
        }

        foreach (var output in draft.Outputs)
        {
            Set(_edge, subject, output.ToString(), seq);
            _edge.ExecuteNonQuery();
        }

        _head = (seq, hash);
        return new LedgerEvent(seq, id, now, draft.Actor, draft.Kind, draft.Subject, draft.Inputs, draft.Outputs, body, prev, hash);
    }

    /// <summary>Writes the head when it moved; true when it did.</summary>
    public bool Save()
    {
        var (seq, hash) = _head!.Value;
        if (seq == _saved)
        {
            return false;
        }

        _connection.Execute(
            "INSERT INTO ledger_head (only_row, seq, hash) VALUES (1, @seq, @hash) ON CONFLICT (only_row) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
            new { seq, hash },
            _event.Transaction);
        _saved = seq;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _event.Dispose();
        _edge.Dispose();
    }

    private SqliteCommand Prepare(string sql, params string[] names)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }
    }
}
