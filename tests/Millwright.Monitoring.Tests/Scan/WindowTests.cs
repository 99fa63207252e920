using Millwright.Abstractions.Serving;
using Millwright.Monitoring.Scan;
using Millwright.Monitoring.Show;

namespace Millwright.Monitoring.Tests.Scan;

/// <summary>Every prediction is in one window, and in one only.</summary>
public sealed class WindowTests
{
    [Theory]
    [InlineData(499, 0)]
    [InlineData(500, 1)]
    [InlineData(501, 1)]
    [InlineData(999, 1)]
    [InlineData(1000, 2)]
    public async Task Window_AtItsBoundary_ClosesWithItsLastPrediction(int predictions, int windows)
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(predictions);
        (await world.ScanAsync()).Select(window => window.Predictions).ShouldBe(Enumerable.Repeat(500L, windows));
        world.Predict(1000 - predictions % 500, seed: 2);
        await world.ScanAsync();
        All(world).Sum(window => window.Predictions).ShouldBe(world.Traffic.Predictions.Count);
    }

    [Fact]
    public async Task Window_PredictionsOfOneMoment_AreCountedOnceAcrossTheBoundary()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(700);
        var at = world.Time.GetUtcNow();
        world.Traffic.Predictions.ReplaceAll(prediction => prediction with { At = at });
        (await world.ScanAsync()).ShouldHaveSingleItem().LastId.ShouldBe(world.Traffic.Predictions[499].Id);
        world.Predict(300, seed: 2);
        (await world.ScanAsync()).ShouldHaveSingleItem().Predictions.ShouldBe(500);
        All(world).Sum(window => window.Predictions).ShouldBe(1_000);
    }

    [Fact]
    public async Task Window_PredictionLoggedALittleLate_IsNotPassedOver()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(500);
        var slow = world.Traffic.Predictions[450];
        world.Traffic.Predictions.RemoveAt(450);
        world.Predict(1, seed: 2);
        (await world.Get<ScanForDrift>().LookAsync(default)).ShouldBeEmpty("500 are there, but the newest have not settled");
        world.Traffic.Predictions.Insert(450, slow);
        world.Predict(499, seed: 3);
        await world.ScanAsync();
        All(world).Sum(window => window.Predictions).ShouldBe(1_000);
    }

    [Fact]
    public async Task Window_PredictionLoggedFarTooLate_DisturbsNothing()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(500);
        await world.ScanAsync();
        world.Traffic.Predictions.Insert(0, world.Traffic.Predictions[10] with { Id = "00" });
        world.Predict(500, seed: 2);
        (await world.ScanAsync()).ShouldHaveSingleItem().Predictions.ShouldBe(500);
        All(world).Select(window => window.Number).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Window_NoTraffic_IsNone()
    {
        await using var world = await new World().WithModelAsync();
        (await world.ScanAsync()).ShouldBeEmpty();
        world.Time.Advance(TimeSpan.FromDays(2));
        (await world.ScanAsync()).ShouldBeEmpty("no traffic is no window, however long it lasts");
        var view = (await world.Get<ShowMonitor>().ListAsync(default)).ShouldHaveSingleItem();
        view.Windows.ShouldBeEmpty();
        view.Reference.ShouldNotBeNull();
    }

    [Fact]
    public async Task Window_TooSmallForItsTime_GrowsOn()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(99);
        world.Time.Advance(TimeSpan.FromHours(1));
        (await world.ScanAsync()).ShouldBeEmpty("99 predictions are too few");
        world.Predict(1, seed: 2);
        (await world.ScanAsync()).ShouldHaveSingleItem().Predictions.ShouldBe(100);
    }

    [Fact]
    public async Task Window_PauseInTraffic_EndsTheOneBefore()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(150);
        world.Time.Advance(TimeSpan.FromMinutes(6));
        world.Predict(500, seed: 2);
        (await world.ScanAsync()).Select(window => window.Predictions).ShouldBe([150, 500]);
    }

    [Fact]
    public async Task Window_TwoVersionsMixed_CountTheirOwn()
    {
        await using var world = await new World().WithModelAsync();
        for (var turn = 0; turn < 100; turn++)
        {
            world.Predict(5, seed: turn, version: 1);
            world.Predict(3, seed: turn, version: 2);
        }

        (await world.ScanAsync()).Select(window => (window.Version, window.Predictions)).ShouldBe([(1, 500)]);
        world.Traffic.Version = 2;
        world.Predict(200, seed: 500, version: 2);
        (await world.ScanAsync()).Select(window => (window.Version, window.Predictions)).ShouldBe([(2, 500)], "what version 2 answered before counts");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Windows_WithRestartsAtAnyTime_HoldEveryPredictionOnce(int seed)
    {
        var random = new Random(seed);
        await using var world = await new World(options => (options.Window, options.MinimumPredictions) = (60, 30)).WithModelAsync();
        for (var turn = 0; turn < 25; turn++)
        {
            world.Predict(random.Next(0, 70), seed: 100 * seed + turn);
            if (random.Next(3) == 0)
            {
                world.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 7)));
            }

            if (random.Next(2) == 0)
            {
                await world.ScanAsync();
            }

            if (random.Next(3) == 0)
            {
                await world.RestartAsync();
            }
        }

        world.Time.Advance(TimeSpan.FromHours(1));
        await world.ScanAsync();
        var windows = All(world).Reverse().ToList();
        windows.Select(window => window.Number).ShouldBe(Enumerable.Range(1, windows.Count));
        var place = 0;
        foreach (var window in windows)
        {
            var own = world.Traffic.Predictions.Skip(place).Take((int)window.Predictions).ToList();
            (own[0].At, own[^1].At, own[^1].Id).ShouldBe((window.From, window.To, window.LastId), $"window {window.Number} follows on the one before");
            place += own.Count;
        }

        (world.Traffic.Predictions.Count - place).ShouldBeLessThan(30, "only a rest that is too small is left");
    }

    private static IReadOnlyList<DriftWindow> All(World world) => world.Get<IMonitorStore>().Windows("churn", 1, 1000);
}

internal static class PredictionLists
{
    public static void ReplaceAll(this List<Prediction> predictions, Func<Prediction, Prediction> change)
    {
        for (var index = 0; index < predictions.Count; index++)
        {
            predictions[index] = change(predictions[index]);
        }
    }
}
