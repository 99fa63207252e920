using Millwright.Abstractions.Results;
using Millwright.Ledger.Verify;
using Millwright.Relational;
using static Millwright.Ledger.Tests.OpenLedger;

namespace Millwright.Ledger.Tests.Append;

public sealed class AppendTests
{
    [Fact]
    public async Task RefusedWrite_LeavesNoEvent()
    {
        await using var ledger = new OpenLedger();
        var refused = await ledger.Database.WriteAsync<Done>(
            session =>
            {
                session.Append(Draft("model.promoted", "model:churn/1"));
                return new Problem("no", "No.", "Nothing.");
            },
            default);
        refused.IsOk.ShouldBeFalse();
        await ledger.AppendAsync(Draft("model.promoted", "model:churn/2"));
        ledger.Store.Read(new LedgerQuery()).ShouldHaveSingleItem().Seq.ShouldBe(1);
        ledger.Get<VerifyLedger>().Run(default).Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task ThrowingWrite_FailsAloneInItsGroup()
    {
        await using var ledger = new OpenLedger();
        var good = Enumerable.Range(0, 50).Select(index => ledger.AppendAsync(Draft("run.started", $"run:{index}"))).ToList();
        var bad = ledger.Database.WriteAsync<Done>(
            session =>
            {
                session.Append(Draft("run.started", "run:bad"));
                throw new InvalidOperationException("planted");
            },
            default);
        await Should.ThrowAsync<InvalidOperationException>(() => bad);
        await Task.WhenAll(good);
        ledger.Store.Head().Seq.ShouldBe(50);
        ledger.Get<VerifyLedger>().Run(default).Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task ConcurrentWriters_LoseNothing()
    {
        await using var ledger = new OpenLedger();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(index => Task.Run(() => ledger.AppendAsync(Draft("run.started", $"run:{index}")))));
        ledger.Store.Read(new LedgerQuery { Limit = 1000 }).Select(happened => happened.Subject.Id).Distinct().Count().ShouldBe(200);
        ledger.Get<VerifyLedger>().Run(default).Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task Reopened_GoesOnFromTheHead()
    {
        await using var ledger = new OpenLedger();
        await ledger.AppendAsync(Draft("run.started", "run:1"));
        await ledger.ReopenAsync();
        await ledger.AppendAsync(Draft("run.finished", "run:1"));
        ledger.Get<VerifyLedger>().Run(default).ShouldSatisfyAllConditions(verdict => verdict.Holds.ShouldBeTrue(), verdict => verdict.Events.ShouldBe(2));
    }

    [Fact]
    public async Task NewerDatabase_IsRefusedUnchanged()
    {
        await using var ledger = new OpenLedger();
        ledger.Tamper("INSERT INTO schema_migrations (number, name, at) VALUES (9999, 'from_the_future', '2030-01-01')");
        var opened = Database.Open(ledger.Path, TimeProvider.System);
        opened.Problem.ShouldNotBeNull().Code.ShouldBe("database.newer");
        opened.Problem.Message.ShouldContain("9999");
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefusedUnchanged()
    {
        using var folder = new Testing.ScratchFolder();
        File.WriteAllText(folder["x.db"], new string('x', 5000));
        Database.Open(folder["x.db"], TimeProvider.System).Problem.ShouldNotBeNull().Code.ShouldBe("database.corrupt");
        File.ReadAllText(folder["x.db"]).ShouldBe(new string('x', 5000));
    }
}
