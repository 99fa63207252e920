using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Ledger.Trace;
using static Millwright.Ledger.Tests.OpenLedger;

namespace Millwright.Ledger.Tests.Trace;

public sealed class TraceSubjectTests
{
    [Fact]
    public async Task Model_LeadsBackToDataAndForwardToDeployment()
    {
        await using var ledger = await Chain();
        var lineage = (await ledger.Get<TraceSubject>().RunAsync(new Subject("model", "churn/1"), 20, default)).Value;
        lineage.Nodes.Select(node => node.Subject).ShouldBe(
            ["model:churn/1", "run:7", "data:md5:aa", "commit:abc", "deployment:d1"], ignoreOrder: true);
        lineage.Edges.Select(edge => $"{edge.Source} > {edge.Target}").ShouldBe(
            ["data:md5:aa > run:7", "commit:abc > run:7", "run:7 > model:churn/1", "model:churn/1 > deployment:d1"], ignoreOrder: true);
    }

    [Fact]
    public async Task Prediction_GoesOnThroughItsSource()
    {
        await using var ledger = await Chain();
        var trace = new TraceSubject(ledger.Store, [new OnePrediction()]);
        var lineage = (await trace.RunAsync(Subject.Prediction("p1"), 20, default)).Value;
        lineage.Nodes.Select(node => node.Subject).ShouldContain("data:md5:aa");
        lineage.Edges[0].ShouldBe(new LineageEdge("deployment:d1", "prediction:p1", 0));
    }

    [Fact]
    public async Task Unknown_IsAProblem()
    {
        await using var ledger = await Chain();
        (await ledger.Get<TraceSubject>().RunAsync(new Subject("model", "nobody/1"), 20, default)).Problem.ShouldNotBeNull().Code.ShouldBe("subject.unknown");
    }

    private static async Task<OpenLedger> Chain()
    {
        var ledger = new OpenLedger();
        await ledger.AppendAsync(
            Draft("run.finished", "run:7", ["data:md5:aa", "commit:abc"]),
            Draft("model.registered", "model:churn/1", ["run:7"]),
            Draft("rollout.started", "deployment:d1", ["model:churn/1"]));
        return ledger;
    }

    private sealed class OnePrediction : ILineageSource
    {
        public string Kind => "prediction";

        public Task<LineageFact?> FindAsync(Subject subject, CancellationToken ct) =>
            Task.FromResult<LineageFact?>(new LineageFact(subject, default, [Subject.Deployment("d1"), Subject.Model("churn", 1)], "score 0.5"));
    }
}
