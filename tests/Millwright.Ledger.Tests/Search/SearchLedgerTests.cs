using Millwright.Ledger.Search;
using static Millwright.Ledger.Tests.OpenLedger;

namespace Millwright.Ledger.Tests.Search;

public sealed class SearchLedgerTests
{
    [Fact]
    public async Task Pages_CoverEverythingOnce()
    {
        await using var ledger = new OpenLedger();
        await ledger.AppendAsync([.. Enumerable.Range(0, 25).Select(index => Draft("run.started", $"run:{index}"))]);
        var search = ledger.Get<SearchLedger>();
        var seen = new List<long>();
        long? before = null;
        do
        {
            var page = search.Run(new LedgerQuery { NewestFirst = true, Before = before, Limit = 10 });
            seen.AddRange(page.Events.Select(happened => happened.Seq));
            before = page.Next;
        }
        while (before is not null);

        seen.ShouldBe(Enumerable.Range(1, 25).Reverse().Select(seq => (long)seq));
    }

    [Theory]
    [InlineData("100%", 1)]
    [InlineData("_", 0)]
    [InlineData("' OR 1=1 --", 0)]
    public async Task Text_IsTakenLiterally(string text, int hits)
    {
        await using var ledger = new OpenLedger();
        await ledger.AppendAsync(Draft("note.taken", "run:1", body: new() { ["text"] = "100% sure" }), Draft("note.taken", "run:2"));
        ledger.Get<SearchLedger>().Run(new LedgerQuery { Text = text }).Events.Count.ShouldBe(hits);
    }

    [Fact]
    public async Task KindPrefixSubjectAndActor_Narrow()
    {
        await using var ledger = new OpenLedger();
        await ledger.AppendAsync(
            Draft("model.registered", "model:churn/1", ["run:1"]), Draft("model.promoted", "model:churn/1"), Draft("run.started", "run:1"));
        var search = ledger.Get<SearchLedger>();
        search.Run(new LedgerQuery { Kind = "model.*" }).Events.Count.ShouldBe(2);
        search.Run(new LedgerQuery { Subject = "run:1" }).Events.Count.ShouldBe(2);
        search.Run(new LedgerQuery { Actor = "nobody" }).Events.ShouldBeEmpty();
    }
}
