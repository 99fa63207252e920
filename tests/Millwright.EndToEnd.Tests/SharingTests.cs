namespace Millwright.EndToEnd.Tests;

[Trait("Needs", "Server")]
public sealed class SharingTests
{
    [Fact]
    public async Task ManyTerminals_ShareOneProject()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("pipelines/p.yaml", "name: p\nsteps:\n  - name: a\n    run: echo hello > ${outputs.out}\n    outputs: [out]\n    cache: false\n");
        var said = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => terminal.RunAsync("mw run pipelines/p.yaml")));
        said.ShouldAllBe(one => one.Code == 0, string.Join('\n', said.Select(one => one.ToString())));
        (await terminal.AskAsync("mw pipeline runs")).GetProperty("runs").GetArrayLength().ShouldBe(6);
        (await terminal.AskAsync("mw ledger search --kind 'run.*'")).GetProperty("events").GetArrayLength().ShouldBe(12);
        (await terminal.OkAsync("mw ledger verify")).Out.ShouldStartWith("ok");
    }

    [Fact]
    public async Task LiveServer_AnswersOtherTerminalsAndPassesOnWhoActs()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("pipelines/p.yaml", "name: p\nsteps:\n  - name: a\n    run: echo hello > ${outputs.out}\n    outputs: [out]\n");
        using var server = terminal.Start("exec mw server --port 0");
        await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await terminal.OkAsync("mw run pipelines/p.yaml --as ada");
        (await terminal.AskAsync("mw pipeline runs")).GetProperty("runs")[0].GetProperty("actor").GetString().ShouldBe("ada");
        server.Kill();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        (await terminal.OkAsync("mw ledger verify")).Out.ShouldStartWith("ok");
    }

    [Fact]
    public async Task DataCommands_ReachTheLedgerOnce()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("data/x.csv", "a\n1\n");
        await terminal.OkAsync("mw data add data/x.csv");
        for (var look = 0; look < 2; look++)
        {
            (await terminal.AskAsync("mw ledger search --kind data.added")).GetProperty("events").GetArrayLength().ShouldBe(1);
        }
    }
}
