using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Monitoring;
using Millwright.Monitoring.Labels;
using Millwright.Monitoring.Show;

namespace Millwright.Monitoring.Tests.Labels;

public sealed class RecordLabelsTests
{
    private static readonly Actor Ada = new("ada");

    [Fact]
    public async Task Label_Late_CountsForTheVersionThatPredicted()
    {
        await using var world = new World();
        world.Predict(100);
        var start = world.Time.GetUtcNow() + TimeSpan.FromTicks(1);
        world.Predict(100, version: 2);
        world.Time.Advance(TimeSpan.FromDays(30));
        var batch = world.Traffic.Predictions.Select((prediction, index) => new NewLabel(prediction.Id, index % 2)).ToList();
        (await world.Get<RecordLabels>().RunAsync([.. batch, new NewLabel("nobody", 1)], Ada, default)).Value.ShouldSatisfyAllConditions(
            done => done.Recorded.ShouldBe(200), done => done.Unknown.ShouldBe(["nobody"]));
        (await world.Get<RecordLabels>().RunAsync(batch, Ada, default)).Value.Unchanged.ShouldBe(200);
        var performance = world.Get<IModelPerformance>();
        (await performance.ReadAsync("churn", 1, "d1", DateTimeOffset.UnixEpoch, default)).Labels.Count.ShouldBe(100);
        (await performance.ReadAsync("churn", 1, "d1", start, default)).Labels.ShouldBeEmpty();
        (await performance.ReadAsync("churn", 2, "d1", start, default)).Labels.Sum().ShouldBe(50);
        (await world.Get<ShowMonitor>().RunAsync("churn", 1, 10, default)).Value.RocAuc.ShouldNotBeNull();
        world.Events("labels.recorded").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Label_NeitherZeroNorOne_RefusesTheBatch()
    {
        await using var world = new World();
        world.Predict(2);
        var problem = (await world.Get<RecordLabels>().RunAsync([.. world.Traffic.Predictions.Select((prediction, index) => new NewLabel(prediction.Id, index + 1))], Ada, default)).Problem!;
        problem.Code.ShouldBe("labels.value");
        problem.Details.ShouldHaveSingleItem().Message.ShouldBe("label 2");
        world.Events("labels.recorded").ShouldBeEmpty();
    }
}
