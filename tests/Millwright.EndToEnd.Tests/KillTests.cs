namespace Millwright.EndToEnd.Tests;

/// <summary>kill -9 at points all over a command; then the same command again completes it.</summary>
[Trait("Needs", "Server")]
public sealed class KillTests
{
    [Fact]
    public async Task Run_KilledAtAnyPoint_IsCompletedByTheSameCommand()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.TakeSample(customers: 1500);
        await terminal.OkAsync("mw data add data/customers.csv");
        var killed = await KillAsync(terminal, "mw run pipelines/bad.yaml --force", RandomPoints(6, upTo: 1500));
        killed.ShouldBeGreaterThan(0);
        await terminal.OkAsync("mw run pipelines/bad.yaml");
        var runs = (await terminal.AskAsync("mw pipeline runs")).GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("state").GetString()).ToList();
        runs[0].ShouldBe("succeeded");
        runs.ShouldNotContain("running");
        (await terminal.OkAsync("mw ledger verify")).Out.ShouldStartWith("ok");
    }

    [Fact]
    public async Task Promote_KilledAtAnyPoint_IsCompletedByTheSameCommand()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.TakeSample(customers: 1500);
        await terminal.OkAsync("mw data add data/customers.csv && mw run pipelines/bad.yaml --as ada && mw model approve churn 1 --as bob");
        await KillAsync(terminal, "mw model promote churn 1 --stage production --as ada", RandomPoints(7, upTo: 450));
        await terminal.OkAsync("mw model promote churn 1 --stage production --as ada");
        (await terminal.AskAsync("mw model show churn 1")).GetProperty("stage").GetString().ShouldBe("production");
        (await terminal.AskAsync("mw ledger search --kind model.promoted")).GetProperty("events").GetArrayLength().ShouldBe(1);
        (await terminal.OkAsync("mw ledger verify")).Out.ShouldStartWith("ok");
    }

    // Milliseconds, in rising order; the seed is in the test's output, so that a failure can be repeated.
    private static int[] RandomPoints(int count, int upTo)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(20, upTo)).Order()];
    }

    // Starts the command once per delay (milliseconds) and kills it then with everything it started; returns how often it was still running.
    private static async Task<int> KillAsync(Terminal terminal, string command, int[] delays)
    {
        var killed = 0;
        foreach (var delay in delays)
        {
            using var process = terminal.Start($"set -m; {command}");
            var ended = process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (await Task.WhenAny(ended, Task.Delay(delay, TestContext.Current.CancellationToken)) == ended)
            {
                continue;
            }

            process.Kill(entireProcessTree: true);
            await ended;
            killed++;
        }

        return killed;
    }
}
