using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Serving;
using Millwright.Serving.Predictions;
using Millwright.Testing;

namespace Millwright.Serving.Tests.Predictions;

public sealed class PredictionLogTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Columns = ["amount", "city"];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_AfterReopening_GivesEveryRowInOrderOfTime()
    {
        var rows = Enumerable.Range(0, 500).Select(Row).ToList();
        await using (var log = Open())
        {
            foreach (var row in rows.OrderBy(row => row.Score))
            {
                log.Append(row);
            }
        }

        await using var reopened = Open();
        var read = await ReadAsync(reopened, "m 1/ä");
        read.Select(row => row.Id).ShouldBe(rows.Select(row => row.Id));
        read[3].Values.ShouldBe(rows[3].Values);
        ShouldBeSame(read[7], rows[7]);
        (await reopened.ReadAsync("m 1/ä", Start.AddSeconds(10), Start.AddSeconds(20), default).CountAsync()).ShouldBe(10);
        (await ReadAsync(reopened, "other")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_ById_OfAnySpelling()
    {
        await using var log = Open();
        var own = Row(1) with { Id = NewId.Next(TimeProvider.System), At = TimeProvider.System.GetUtcNow() };
        var foreign = Row(2) with { Id = "order-17" };
        var late = Row(3);
        log.Append(own);
        log.Append(foreign);
        log.Append(late);
        foreach (var row in new[] { own, foreign, late })
        {
            ShouldBeSame((await log.FindAsync(row.Id, default)).ShouldNotBeNull(), row);
        }

        (await log.FindAsync("nosuch", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Open_AfterATornWrite_KeepsEveryWholeBlockAndGoesOn()
    {
        var options = new ServingOptions(_folder.Path);
        await using (var log = Open())
        {
            for (var block = 0; block < 3; block++)
            {
                log.Append(Row(block));
                await log.FlushAsync(default);
            }
        }

        var segment = Directory.GetFiles(_folder.Path, "*.mwp", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var whole = await File.ReadAllBytesAsync(segment);
        for (var cut = whole.Length - 1; cut > whole.Length - 120; cut -= 7)
        {
            await File.WriteAllBytesAsync(segment, whole[..cut]);
            await using var torn = Open();
            torn.Append(Row(9));
            (await ReadAsync(torn, "m 1/ä")).Select(row => row.Score).ShouldBe(cut < whole.Length / 3 * 2 ? [0.0, 9] : [0.0, 1, 9], $"cut at {cut} of {whole.Length}");
        }

        // Right length, wrong bytes: a page that never reached the disk.
        var zeros = whole.ToArray();
        zeros.AsSpan(whole.Length - 20).Clear();
        await File.WriteAllBytesAsync(segment, zeros);
        await using var zeroed = Open();
        (await ReadAsync(zeroed, "m 1/ä")).Select(row => row.Score).ShouldBe([0.0, 1]);
    }

    [Fact]
    public async Task Segments_RollBySizeAndTheOldestGo()
    {
        await using var log = Open(options => options with { SegmentBytes = 2000, KeepBytes = 6000 });
        for (var row = 0; row < 300; row++)
        {
            log.Append(Row(row));
            await log.FlushAsync(default);
        }

        var size = Directory.GetFiles(_folder.Path, "*.mwp", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        size.ShouldBeLessThan(11_000);
        var kept = await ReadAsync(log, "m 1/ä");
        kept[^1].Score.ShouldBe(299);
        kept.Count.ShouldBeInRange(20, 200);
    }

    [Fact]
    public async Task Append_MoreThanFits_IsCountedInsteadOfBlocking()
    {
        await using var log = Open(options => options with { LogCapacity = 100, LogLinger = TimeSpan.FromMilliseconds(500) });
        for (var row = 0; row < 10_000; row++)
        {
            log.Append(Row(row));
        }

        var read = await ReadAsync(log, "m 1/ä");
        (read.Count + log.Dropped).ShouldBe(10_000);
        log.Dropped.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Lineage_OfAPrediction_IsItsDeploymentAndModelVersion()
    {
        await using var log = Open();
        var row = Row(1);
        log.Append(row);
        var fact = (await new PredictionLineage(log).FindAsync(Subject.Prediction(row.Id), default)).ShouldNotBeNull();
        fact.Inputs.Select(input => input.ToString()).ShouldBe(["deployment:d1", "model:m 1/ä/2"]);
        (await new PredictionLineage(log).FindAsync(Subject.Prediction("nosuch"), default)).ShouldBeNull();
    }

    private static void ShouldBeSame(Prediction actual, Prediction expected)
    {
        actual.Values.ShouldBe(expected.Values);
        actual.Columns.ShouldBe(expected.Columns);
        (actual with { Values = expected.Values, Columns = expected.Columns }).ShouldBe(expected);
    }

    private static Prediction Row(int number) => new(
        $"{Start.AddSeconds(number).ToUnixTimeMilliseconds():x12}{number:x20}", Start.AddSeconds(number), "m 1/ä", 2, "d1", Columns,
        [number % 5 == 3 ? double.NaN : number * 1.5, number % 7 == 3 ? null : "Zürich"], number);

    private static async Task<List<Prediction>> ReadAsync(PredictionLog log, string model) =>
        await log.ReadAsync(model, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default).ToListAsync();

    private PredictionLog Open(Func<ServingOptions, ServingOptions>? options = null)
    {
        var told = new ServingOptions(_folder.Path) { LogLinger = TimeSpan.FromMilliseconds(1) };
        return new PredictionLog(options?.Invoke(told) ?? told, TimeProvider.System, NullLogger<PredictionLog>.Instance);
    }
}
