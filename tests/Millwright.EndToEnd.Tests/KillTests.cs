using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

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
    public async Task Add_KilledAtAnyPoint_IsCompletedByTheSameCommand()
    {
        using var terminal = await Terminal.WithProjectAsync();
        for (var file = 0; file < 400; file++)
        {
            terminal.Write($"data/{file}", string.Concat(Enumerable.Range(file, 4000)));
        }

        (await KillAsync(terminal, "mw data add -q data", RandomPoints(6, upTo: 700))).ShouldBeGreaterThan(0);
        await terminal.OkAsync("mw data add -q data");
        (await terminal.OkAsync("mw data status")).Out.ShouldContain("up to date");
        Directory.GetDirectories(Path.Combine(terminal.Folder, ".dvc/cache"), ".*.tmp").ShouldBeEmpty();
        await terminal.OkAsync("rm -r data && mw data checkout -q");
        File.ReadAllText(Path.Combine(terminal.Folder, "data/399")).ShouldBe(string.Concat(Enumerable.Range(399, 4000)));
        (await terminal.AskAsync("mw ledger search --kind data.added")).GetProperty("events").GetArrayLength().ShouldBe(1);
    }

    /// <summary>What was answered before the kill is there up to the last moments: no hole, nothing torn, and the next server appends.</summary>
    [Fact]
    public async Task Inference_KilledAtAnyPoint_LosesAtMostTheLastMoments()
    {
        using var terminal = await Terminal.WithProjectAsync();
        await terminal.ServeChurnAsync();
        var customer = terminal.Customer();
        var kept = new List<string>();
        foreach (var point in RandomPoints(4, upTo: 900))
        {
            using var server = terminal.Start("exec mw server --port 0");
            using var http = new HttpClient { BaseAddress = await UrlAsync(server) };
            (await FindAsync(http, kept)).ShouldBe(kept, "an earlier server's predictions");
            var answered = new List<string> { await AskAsync(http, customer) };
            var kill = Task.Delay(point, TestContext.Current.CancellationToken).ContinueWith(_ => server.Kill(), TestContext.Current.CancellationToken);
            try
            {
                while (true)
                {
                    answered.Add(await AskAsync(http, customer));
                }
            }
            catch (HttpRequestException)
            {
                await kill;
                await server.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            using var next = terminal.Start("exec mw server --port 0");
            using var reader = new HttpClient { BaseAddress = await UrlAsync(next) };
            var found = await FindAsync(reader, answered.TakeLast(400));
            TestContext.Current.TestOutputHelper?.WriteLine($"killed after {point} ms: {answered.Count} answered, the last {Math.Min(400, answered.Count) - found.Count} lost");
            found.ShouldBe(answered.TakeLast(400).Take(found.Count), "only the end may be missing");
            kept.AddRange(found.TakeLast(5));
            kept.Add(await AskAsync(reader, customer));
            (await FindAsync(reader, kept)).ShouldBe(kept);
            next.Kill();
            await next.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

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

    private static async Task<Uri> UrlAsync(Process server) =>
        new((await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal)));

    private static async Task<string> AskAsync(HttpClient http, string customer)
    {
        using var answer = await http.PostAsync("/models/churn/invocations", new StringContent(customer, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("prediction_ids")[0].GetString()!;
    }

    private static async Task<List<string>> FindAsync(HttpClient http, IEnumerable<string> ids)
    {
        var found = new List<string>();
        foreach (var id in ids)
        {
            using var traced = await http.GetAsync($"/api/ledger/trace?subject=prediction:{id}", TestContext.Current.CancellationToken);
            if (traced.IsSuccessStatusCode)
            {
                found.Add(id);
            }
            else
            {
                traced.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
        }

        return found;
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
