using FsCheck;
using FsCheck.Fluent;
using Millwright.Ledger.Verify;
using static Millwright.Ledger.Tests.OpenLedger;

namespace Millwright.Ledger.Tests.Verify;

public sealed class VerifyLedgerTests
{
    [Fact]
    public async Task Untouched_Holds()
    {
        await using var ledger = await FiveEvents();
        var verdict = ledger.Get<VerifyLedger>().Run(default);
        verdict.Holds.ShouldBeTrue();
        verdict.Events.ShouldBe(5);
    }

    [Fact]
    public async Task Empty_Holds()
    {
        await using var ledger = new OpenLedger();
        ledger.Get<VerifyLedger>().Run(default).Holds.ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE ledger_events SET body = '{\"auc\":0.99}' WHERE seq = 3")]
    [InlineData("UPDATE ledger_events SET actor = 'mallory' WHERE seq = 3")]
    [InlineData("UPDATE ledger_events SET at = '2001-01-01T00:00:00.0000000Z' WHERE seq = 3")]
    [InlineData("UPDATE ledger_events SET inputs = '[]' WHERE seq = 3")]
    [InlineData("UPDATE ledger_events SET kind = 'model.approved' WHERE seq = 3")]
    public async Task ChangedRow_IsFoundAndNamed(string sql)
    {
        await using var ledger = await FiveEvents();
        ledger.Tamper(sql);
        var finding = ledger.Get<VerifyLedger>().Run(default).Findings.ShouldHaveSingleItem();
        finding.ShouldSatisfyAllConditions(() => finding.Seq.ShouldBe(3), () => finding.Kind.ShouldBe("changed"));
    }

    [Fact]
    public async Task RemovedRow_IsFoundAndNamed()
    {
        await using var ledger = await FiveEvents();
        ledger.Tamper("DELETE FROM ledger_events WHERE seq = 3");
        var finding = ledger.Get<VerifyLedger>().Run(default).Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe("removed");
        finding.Message.ShouldContain("event 3 is missing");
    }

    [Fact]
    public async Task RemovedTail_IsFoundAndNamed()
    {
        await using var ledger = await FiveEvents();
        ledger.Tamper("DELETE FROM ledger_events WHERE seq >= 4");
        ledger.Get<VerifyLedger>().Run(default).Findings.ShouldHaveSingleItem().Message.ShouldContain("events 4 to 5 are missing at the end");
    }

    [Fact]
    public async Task ReorderedRows_AreFoundAndNamed()
    {
        await using var ledger = await FiveEvents();
        ledger.Tamper("UPDATE ledger_events SET seq = -2 WHERE seq = 2; UPDATE ledger_events SET seq = 2 WHERE seq = 3; UPDATE ledger_events SET seq = 3 WHERE seq = -2");
        ledger.Get<VerifyLedger>().Run(default).Findings.Select(finding => finding.Seq).ShouldBe([2L, 3L, 4L], ignoreOrder: true);
    }

    [Fact]
    public async Task RowRehashedByAForger_BreaksTheChainBehindIt()
    {
        await using var ledger = await FiveEvents();
        var third = ledger.Store.Read(new LedgerQuery { After = 2, Limit = 1 })[0] with { Body = "{\"auc\":0.99}" };
        ledger.Tamper($"UPDATE ledger_events SET body = '{third.Body}', hash = '{Abstractions.Ledger.LedgerHash.Compute(third)}' WHERE seq = 3");
        var finding = ledger.Get<VerifyLedger>().Run(default).Findings.ShouldHaveSingleItem();
        finding.ShouldSatisfyAllConditions(() => finding.Seq.ShouldBe(4), () => finding.Kind.ShouldBe("reordered"));
    }

    [Fact]
    public void AnyHistory_Holds() => Prop.ForAll<NonNull<string>[]>(texts =>
    {
        RunAsync(texts).GetAwaiter().GetResult();

        static async Task RunAsync(NonNull<string>[] texts)
        {
            await using var ledger = new OpenLedger();
            await Task.WhenAll(texts.Select(text => ledger.AppendAsync(Draft("note.taken", "run:1", ["data:x"], body: new() { ["text"] = text.Get }))));
            var verdict = ledger.Get<VerifyLedger>().Run(default);
            verdict.Findings.ShouldBeEmpty();
            verdict.Events.ShouldBe(texts.Length);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static async Task<OpenLedger> FiveEvents()
    {
        var ledger = new OpenLedger();
        for (var index = 1; index <= 5; index++)
        {
            await ledger.AppendAsync(Draft("run.finished", $"run:{index}", ["data:md5:aa"], [$"model:churn/{index}"], new() { ["auc"] = 0.8 }));
        }

        return ledger;
    }
}
