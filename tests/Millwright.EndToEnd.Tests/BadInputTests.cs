namespace Millwright.EndToEnd.Tests;

[Trait("Needs", "Server")]
public sealed class BadInputTests
{
    [Theory]
    [InlineData("mw ledgr", "Did you mean 'ledger'")]
    [InlineData("mw ledger search --lmit 3", "Did you mean '--limit'")]
    [InlineData("mw run pipelines/none.yaml", "pipelines/none.yaml")]
    [InlineData("mw model show nobody", "nobody")]
    [InlineData("mw trace nonsense", "nonsense")]
    [InlineData("mw trace run:unknown", "run:unknown")]
    [InlineData("mw deploy nobody", "nobody")]
    [InlineData("mw validate missing.json missing.csv", "missing")]
    [InlineData("mw schedule next '61 * * * *'", "61")]
    [InlineData("mw schedule next @daily --timezone Mars/Olympus", "Mars/Olympus")]
    public async Task WrongUse_IsExplained(string command, string word)
    {
        using var terminal = await Terminal.WithProjectAsync();
        (await terminal.RunAsync(command)).ShouldRefuse(2, word);
    }

    [Fact]
    public async Task OutsideAProject_SaysHowToMakeOne()
    {
        using var terminal = new Terminal();
        (await terminal.RunAsync("mw ledger verify")).ShouldRefuse(2, "mw init");
    }

    [Fact]
    public async Task Configuration_NamesEveryWrongLine()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("millwright.yaml", "delivery:\n  bakeTime: soon\n  stepps: [10]\nmonitorring: {}\nmonitoring:\n  window: many\n");
        (await terminal.RunAsync("mw ledger verify")).ShouldRefuse(
            2, "millwright.yaml:2: delivery.bakeTime", "millwright.yaml:3: delivery.stepps", "millwright.yaml:4: monitorring", "millwright.yaml:6: monitoring.window");
    }

    [Fact]
    public async Task Configuration_ValuesThatDoNotFit_AreNamed()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("millwright.yaml", "delivery:\n  steps: [50, 10]\n");
        (await terminal.RunAsync("mw ledger verify")).ShouldRefuse(2, "delivery.steps");
    }

    [Fact]
    public async Task Pipeline_NamesEveryErrorAndTheCycle()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("pipelines/p.yaml", """
            name: p
            steps:
              - name: a
                run: cat ${inputs.x} > ${outputs.out}
                inputs: { x: b.out }
                outputs: [out]
              - name: b
                run: cat ${inputs.x} > ${outputs.out}
                inputs: { x: a.out }
                outputs: [out]
            """);
        var said = await terminal.RunAsync("mw run pipelines/p.yaml");
        said.ShouldRefuse(2, "circle");
        said.Err.ShouldMatch("a.*b.*a|b.*a.*b");
    }

    [Fact]
    public async Task DvcFile_NamesTheLine()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("data.csv.dvc", "outs:\n- md5: [\n  path: data.csv\n");
        var said = await terminal.RunAsync("mw data status");
        said.Code.ShouldNotBe(0);
        said.Err.ShouldContain("data.csv.dvc");
    }

    [Fact]
    public async Task SecondServerAndPortInUse_AreRefused()
    {
        using var terminal = await Terminal.WithProjectAsync();
        using var other = await Terminal.WithProjectAsync();
        using var server = terminal.Start("exec mw server --port 0");
        var url = new Uri((await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal)));
        (await terminal.RunAsync("mw server --port 0")).ShouldRefuse(2, "Another Millwright process");
        (await other.RunAsync($"mw server --port {url.Port}")).ShouldRefuse(2, $"Port {url.Port} is in use");
        server.Kill();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task OpenToTheNetwork_NeedsATokenAndSaysSo()
    {
        using var terminal = await Terminal.WithProjectAsync();
        (await terminal.RunAsync("mw server --port 0 --listen 0.0.0.0")).ShouldRefuse(2, "MILLWRIGHT_TOKENS");
    }
}
