using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Ledger;

namespace Millwright.Relational;

/// <summary>The ledger in the project's database.</summary>
internal sealed class SqlLedgerStore : ILedgerStore, ILedgerWriter, IDisposable
{
    private const string Columns = "seq, id, at, actor, kind, subject, inputs, outputs, body, prev, hash";

    private readonly Database _database;
    private volatile TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqlLedgerStore(Database database)
    {
        _database = database;
        database.Appended += Signal;
    }

    public async Task<ImmutableArray<LedgerEvent>> AppendAsync(IReadOnlyList<LedgerDraft> drafts, CancellationToken ct) =>
        await _database.CommitAsync(session => drafts.Select(session.Append).ToImmutableArray(), ct);

    public async Task<int> AppendOnceAsync(IReadOnlyList<KeyValuePair<string, LedgerDraft>> drafts, CancellationToken ct) =>
        await _database.CommitAsync(session => drafts.Count(draft => AppendOnce(session, draft.Key, draft.Value)), ct);

    public LedgerHead Head() => _database.Read(connection =>
        connection.QueryFirstOrDefault<LedgerHead>("SELECT seq AS Seq, hash AS Hash FROM ledger_head") ?? new LedgerHead(0, LedgerHash.Genesis));

    public IReadOnlyList<LedgerEvent> Read(LedgerQuery query) => _database.Read(connection =>
    {
        var where = new List<string>();
        if (query.After is not null)
        {
            where.Add("seq > @After");
        }

        if (query.Before is not null)
        {
            where.Add("seq < @Before");
        }

        if (query.Kind is not null)
        {
            where.Add(query.Kind.EndsWith('*') ? "kind LIKE @KindPrefix ESCAPE '\\'" : "kind = @Kind");
        }

        if (query.Subject is not null)
        {
            where.Add("(subject = @Subject OR seq IN (SELECT seq FROM ledger_edges WHERE source = @Subject UNION SELECT seq FROM ledger_edges WHERE target = @Subject))");
        }

        if (query.Actor is not null)
        {
            where.Add("actor = @Actor");
        }

        if (query.Text is not null)
        {
            where.Add("(subject LIKE @Like ESCAPE '\\' OR kind LIKE @Like ESCAPE '\\' OR actor LIKE @Like ESCAPE '\\' OR body LIKE @Like ESCAPE '\\')");
        }

        var sql = $"SELECT {Columns} FROM ledger_events {(where.Count == 0 ? "" : "WHERE " + string.Join(" AND ", where))} ORDER BY seq {(query.NewestFirst ? "DESC" : "ASC")} LIMIT @Limit";
        return connection.Query<Row>(sql, new
        {
            query.After,
            query.Before,
            query.Kind,
            KindPrefix = Escape(query.Kind?.TrimEnd('*')) + "%",
            query.Subject,
            query.Actor,
            Like = "%" + Escape(query.Text) + "%",
            query.Limit,
        }).Select(row => row.ToEvent()).ToList();
    });

    public IReadOnlyList<LineageEdge> Edges(IReadOnlyCollection<string> subjects, bool backward) => _database.Read(connection => connection
        .Query<(string Source, string Target, long Seq)>(
            $"SELECT source, target, MIN(seq) AS first FROM ledger_edges WHERE {(backward ? "target" : "source")} IN @subjects GROUP BY source, target ORDER BY first",
            new { subjects })
        .Select(edge => new LineageEdge(edge.Source, edge.Target, edge.Seq))
        .ToList());

    public long Offset(string subscriber) => _database.Read(connection =>
        connection.QueryFirstOrDefault<long>("SELECT seq FROM ledger_offsets WHERE subscriber = @subscriber", new { subscriber }));

    public async Task SaveOffsetAsync(string subscriber, long seq, CancellationToken ct) =>
        await _database.CommitAsync(
            session => session.Execute(
                "INSERT INTO ledger_offsets (subscriber, seq) VALUES (@subscriber, @seq) ON CONFLICT (subscriber) DO UPDATE SET seq = excluded.seq",
                new { subscriber, seq }),
            ct);

    public Task NextAppendAsync() => _appended.Task;

    public void Dispose() => _database.Appended -= Signal;

    private static bool AppendOnce(WriteSession session, string id, LedgerDraft draft)
    {
        if (session.Execute("INSERT OR IGNORE INTO ledger_imports (id, seq) VALUES (@id, 0)", new { id }) == 0)
        {
            return false;
        }

        session.Execute("UPDATE ledger_imports SET seq = @seq WHERE id = @id", new { id, seq = session.Append(draft).Seq });
        return true;
    }

    private static string? Escape(string? text) => text?.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    private void Signal() =>
        Interlocked.Exchange(ref _appended, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private sealed record Row(
        long Seq, string Id, string At, string Actor, string Kind, string Subject, string Inputs, string Outputs, string Body, string Prev, string Hash)
    {
        public LedgerEvent ToEvent() => new(
            Seq, Id,
            DateTimeOffset.TryParse(At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : default,
            new Actor(Actor), Kind,
            Abstractions.Identity.Subject.TryParse(Subject, out var subject) ? subject : new Subject("", Subject),
            SubjectList.Read(Inputs), SubjectList.Read(Outputs), Body, Prev, Hash);
    }
}
