using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Relational;

namespace Millwright.Bench.Ledger;

/// <summary>Many small writers append one event each and wait until it is durable; the writer commits them in groups.</summary>
internal sealed class AppendScenario : IScenario
{
    private const int Events = 10_000;

    public string Name => "ledger";

    public string Claim => "10,000 ledger events appended at 20,000/s or more, in groups, durable when acknowledged";

    public async Task<bool> RunAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("mw-bench-").FullName;
        try
        {
            var database = Database.Open(Path.Combine(folder, "bench.db"), TimeProvider.System).Value;
            await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddRelational(database).BuildServiceProvider();
            var ledger = services.GetRequiredService<ILedgerWriter>();
            await AppendAsync(ledger, 1000);
            var watch = Stopwatch.StartNew();
            await AppendAsync(ledger, Events);
            var rate = Events / watch.Elapsed.TotalSeconds;
            var bare = BareInserts(Path.Combine(folder, "bare.db"));
            report.Figure("events/s, one write each, all durable", $"{rate:N0}/s", $"limit: {bare:N0}/s bare SQLite inserts of the same bytes in one transaction, no hash ({rate / bare:P0})");
            return rate >= 20_000;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task AppendAsync(ILedgerWriter ledger, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(index => ledger.AppendAsync(
        [
            new LedgerDraft(new Actor("bench"), "run.finished", Subject.Run(index.ToString()))
            {
                Inputs = [new Subject("data", "md5:22a1a2931c8370d3aeedd7183606fd7f")],
                Body = new() { ["state"] = "finished", ["auc"] = 0.84 },
            },
        ],
        default)));

    private static double BareInserts(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (seq INTEGER PRIMARY KEY, body TEXT)";
        create.ExecuteNonQuery();
        var body = new string('x', 420);
        var watch = Stopwatch.StartNew();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO t (body) VALUES ($body)";
        insert.Parameters.AddWithValue("$body", body);
        for (var index = 0; index < Events; index++)
        {
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return Events / watch.Elapsed.TotalSeconds;
    }
}
