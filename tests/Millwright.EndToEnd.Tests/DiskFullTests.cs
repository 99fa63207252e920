using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Millwright.EndToEnd.Tests;

/// <summary>A full disk, as a small tmpfs in a mount namespace of the test's own: a clear error, nothing half done, and the same command completes it later.</summary>
[Trait("Needs", "Server")]
public sealed class DiskFullTests
{
    private const string Pipeline = """
        name: p
        steps:
          - name: a
            run: if [ -e fill ]; then head -c 90000000 /dev/zero > "$(cat fill)" 2> /dev/null; fi; head -c 2000000 /dev/urandom > ${outputs.o}
            outputs: [o]
          - name: b
            run: wc -c < ${inputs.o} > ${outputs.n}
            inputs: { o: a.o }
            outputs: [n]
        """;

    [Fact]
    public async Task ContentStoreFull_RunSaysSoAndCompletesLater()
    {
        using var terminal = await PrepareAsync();
        var (full, after) = await InSmallTmpfsAsync(terminal, ".millwright/objects", "1m", "mw run pipelines/p.yaml", before: "true", free: "find .millwright/objects -type f");
        full.ShouldContain("error: Step 'a' was stopped by an outage. The disk is full");
        full.ShouldContain("fix: Free some space");
        full.ShouldContain("exit 2");
        full.ShouldNotContain(".millwright/objects/");
        after.ShouldContain("succeeded: 2 steps");
        after.ShouldContain("exit 0");
        (await terminal.OkAsync("mw ledger verify")).Out.ShouldStartWith("ok");
    }

    [Fact]
    public async Task DatabaseFull_IsRefusedAndCompletesLater()
    {
        using var terminal = await PrepareAsync();
        var (full, after) = await InSmallTmpfsAsync(
            terminal, ".millwright", "8m", "mw run pipelines/p.yaml", before: "mw ledger verify; head -c 90000000 /dev/zero > .millwright/filler 2> /dev/null", free: "rm .millwright/filler");
        full.ShouldContain("millwright.db");
        full.ShouldContain("The disk is full");
        full.ShouldContain("exit 2");
        full.ShouldNotContain("A bug");
        after.ShouldContain("succeeded: 2 steps");
        after.ShouldContain("exit 0");
    }

    [Fact]
    public async Task DatabaseFullDuringARun_EndsItAndTheSameCommandCompletesIt()
    {
        using var terminal = await PrepareAsync();
        terminal.Write("fill", ".millwright/filler");
        var (full, after) = await InSmallTmpfsAsync(
            terminal, ".millwright", "8m", "mw run pipelines/p.yaml", before: "mw ledger verify", free: "rm fill .millwright/filler", last: "mw pipeline runs --json; mw ledger verify");
        full.ShouldContain("isk is full");
        full.ShouldContain("fix: ");
        full.ShouldContain("exit 2");
        full.ShouldNotContain("A bug");
        after.ShouldContain("succeeded: 2 steps");
        after.ShouldContain("exit 0");
        after.ShouldNotContain("\"running\"");
        after.ShouldContain("ok: ");
    }

    [Fact]
    public async Task RemoteFull_PushSaysSoAndCompletesLater()
    {
        using var terminal = await PrepareAsync();
        Directory.CreateDirectory(Path.Combine(terminal.Folder, "remote"));
        terminal.Write("data/x.bin", string.Concat(Enumerable.Range(0, 300_000).Select(n => $"{n},")));
        await terminal.OkAsync("mw data add -q data/x.bin && mw data remote add -q -d here remote");
        var (full, after) = await InSmallTmpfsAsync(terminal, "remote", "256k", "mw data push", before: "true", free: "find remote -type f");
        full.ShouldContain("o space left on device");
        full.ShouldContain("fix: Free some space");
        full.ShouldContain("exit 1");
        full.ShouldNotContain("remote/files");
        after.ShouldContain("1 file pushed");
        after.ShouldContain("exit 0");
    }

    [Fact]
    public async Task PredictionLogFull_AnswersGoOnAndTheLossIsSaid()
    {
        using var terminal = await PrepareAsync();
        await terminal.ServeChurnAsync();
        Directory.CreateDirectory(Path.Combine(terminal.Folder, ".millwright/predictions"));
        using var server = terminal.Start("""
            exec unshare -rm bash -c 'mount -t tmpfs -o size=16k tmpfs .millwright/predictions
            (until [ -e grow ]; do sleep 0.05; done; mount -o remount,size=32m .millwright/predictions; touch grown) & exec mw server --port 0'
            """);
        var url = (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var customer = terminal.Customer();
        while (!(await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n').Any(line => line.StartsWith("millwright_serving_log_dropped_total", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal)))
        {
            await AskAsync(http, customer);
        }

        (await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull().ShouldContain("were answered but not logged: No space left on device");
        terminal.Write("grow", "");
        while (!File.Exists(Path.Combine(terminal.Folder, "grown")))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var id = await AskAsync(http, customer);
        (await http.GetAsync($"/api/ledger/trace?subject=prediction:{id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Kill();
    }

    private static async Task<string> AskAsync(HttpClient http, string customer)
    {
        using var answer = await http.PostAsync("/models/churn/invocations", new StringContent(customer, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("prediction_ids")[0].GetString()!;
    }

    private static async Task<Terminal> PrepareAsync()
    {
        var terminal = await Terminal.WithProjectAsync();
        await terminal.RequireMountsAsync();
        terminal.Write("pipelines/p.yaml", Pipeline);
        return terminal;
    }

    // The command with the folder on a tmpfs of a size, and once more when there is space again.
    private static async Task<(string Full, string After)> InSmallTmpfsAsync(Terminal terminal, string folder, string size, string command, string before, string free, string last = "true")
    {
        Directory.CreateDirectory(Path.Combine(terminal.Folder, folder));
        terminal.Write("in-tmpfs.sh", $"""
            mount -t tmpfs -o size={size} tmpfs {folder}
            {before}
            {command}; echo "exit $?"
            {free}
            echo "== after"
            mount -o remount,size=64m {folder}
            {command}; echo "exit $?"
            {last}
            """);
        var said = await terminal.OkAsync("unshare -rm bash in-tmpfs.sh 2>&1");
        TestContext.Current.TestOutputHelper?.WriteLine(said.Out);
        return said.Out.Split("== after") is [var full, var after] ? (full, after) : throw new InvalidOperationException(said.ToString());
    }
}
