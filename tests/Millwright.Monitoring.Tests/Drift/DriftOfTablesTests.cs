using System.Globalization;
using Millwright.Monitoring.Drift;

namespace Millwright.Monitoring.Tests.Drift;

public sealed class DriftOfTablesTests
{
    [Fact]
    public async Task Drift_SameDistribution_IsNone()
    {
        await using var world = new World();
        (await CompareAsync(world, Rows(3_000, 1), Rows(500, 2))).Columns.SelectMany(column => column.Scores).ShouldAllBe(score => !score.Drifted);
    }

    [Fact]
    public async Task Drift_TrivialShiftInManyRows_IsNone()
    {
        await using var world = new World();
        var report = await CompareAsync(world, Rows(100_000, 1), Rows(100_000, 2, shift: 0.05));
        report.Drifted.ShouldBeFalse();

        // Chance does not explain it: a p-value alone would have raised an alert.
        report.Columns.First(column => column.Column == "x").Scores.First(score => score.Test == "ks").PValue.ShouldBeLessThan(0.001);
    }

    [Theory]
    [InlineData("x", 1.0, 0, 0)]
    [InlineData("city", 0, 0.3, 0)]
    [InlineData("flag", 0, 0.3, 0)]
    [InlineData("x", 0, 0, 0.2)]
    public async Task Drift_OneColumnMoved_IsNamed(string moved, double shift, double turn, double missing)
    {
        await using var world = new World();
        var report = await CompareAsync(world, Rows(3_000, 1), Rows(500, 2, shift, moved == "city" ? turn : 0, moved == "flag" ? turn : 0, missing));
        report.Columns.Where(column => column.Drifted).Select(column => column.Column).ShouldBe([moved]);
    }

    [Fact]
    public async Task Drift_LostColumn_IsDrift()
    {
        await using var world = new World();
        await File.WriteAllTextAsync(world["a.csv"], "x,y\n1,2\n3,4\n");
        await File.WriteAllTextAsync(world["b.csv"], "x,z\n1,2\n3,4\n");
        var report = (await world.Get<DriftOfTables>().RunAsync(world["a.csv"], world["b.csv"], new DriftLimits(), default)).Value;
        report.Drifted.ShouldBeTrue();
        report.Lost.ShouldBe(["y"]);
        report.New.ShouldBe(["z"]);
    }

    [Fact]
    public async Task Drift_MissingFile_IsAProblem()
    {
        await using var world = new World();
        (await world.Get<DriftOfTables>().RunAsync(world["none.csv"], world["none.csv"], new DriftLimits(), default)).Problem!.Code.ShouldBe("table.missing");
    }

    private static async Task<DriftReport> CompareAsync(World world, IEnumerable<string> reference, IEnumerable<string> current)
    {
        await File.WriteAllLinesAsync(world["reference.csv"], reference);
        await File.WriteAllLinesAsync(world["current.csv"], current);
        return (await world.Get<DriftOfTables>().RunAsync(world["reference.csv"], world["current.csv"], new DriftLimits(), default)).Value;
    }

    private static IEnumerable<string> Rows(int count, int seed, double shift = 0, double city = 0, double flag = 0, double missing = 0)
    {
        var random = new Random(seed);
        yield return "x,city,flag";
        for (var row = 0; row < count; row++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var x = random.NextDouble() < missing ? "" : (normal + shift).ToString("0.000", CultureInfo.InvariantCulture);
            yield return $"{x},{(random.NextDouble() < 0.3 + city ? "Rome" : "Oslo")},{(random.NextDouble() < 0.2 + flag ? 1 : 0)}";
        }
    }
}
