using Microsoft.Data.Sqlite;

namespace Millwright.EndToEnd.Tests;

[Trait("Needs", "Server")]
public sealed class BadInputTests
{
    // With their exit codes when they may not write; mw data has DVC's.
    private static readonly (string Command, int Code)[] WritingCommands = [("mw ledger verify", 2), ("mw server --port 0", 2), ("mw data add data.csv", 1)];

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
        foreach (var command in (string[])["mw data status", "mw data checkout", "mw data push", "mw data pull"])
        {
            var said = await terminal.RunAsync(command);
            said.Code.ShouldBeOneOf(1, 255);
            said.Err.ShouldContain("'./data.csv.dvc' is invalid");
            said.Err.ShouldContain("the list that opens here is not closed, line 2");
            said.Err.ShouldContain("fix: Correct line 2");
        }
    }

    [Fact]
    public async Task YamlThatIsNeverClosed_NamesItsLine()
    {
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("pipelines/p.yaml", "name: p\nsteps:\n  - name: a\n    run: x\n    outputs: [a, b\n");
        (await terminal.RunAsync("mw run pipelines/p.yaml")).ShouldRefuse(2, "pipelines/p.yaml:5: not readable as YAML: the list that opens here is not closed");
        terminal.Write("millwright.yaml", "delivery:\n  steps: [10, 100\n");
        (await terminal.RunAsync("mw ledger verify")).ShouldRefuse(2, "millwright.yaml:2: not readable as YAML: the list that opens here is not closed");
        terminal.Write("millwright.yaml", new string('[', 200_000));
        (await terminal.RunAsync("mw ledger verify")).ShouldRefuse(2, "millwright.yaml:1: not readable as YAML", "nested deeper");
    }

    [Fact]
    public async Task DatabaseOfANewerVersion_IsRefusedUntouched()
    {
        using var terminal = await Terminal.WithProjectAsync();
        await terminal.OkAsync("mw ledger verify");
        var database = Path.Combine(terminal.Folder, ".millwright", "millwright.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            await using var future = connection.CreateCommand();
            future.CommandText = "INSERT INTO schema_migrations VALUES (9999, 'future', 'later')";
            future.ExecuteNonQuery();
        }

        foreach (var command in (string[])["mw ledger verify", "mw model list", "mw server --port 0"])
        {
            (await terminal.RunAsync(command)).ShouldRefuse(2, "millwright.db", "a newer version of Millwright", "9999", "Install the newer version");
        }

        File.WriteAllText(database, "no database");
        (await terminal.RunAsync("mw ledger verify")).ShouldRefuse(2, "millwright.db", "not a readable database", "backup");
    }

    [Fact]
    public async Task ServerKilled_LeavesNothingInTheWay()
    {
        using var terminal = await Terminal.WithProjectAsync();
        for (var round = 0; round < 2; round++)
        {
            using var server = terminal.Start("exec mw server --port 0");
            await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            (await terminal.RunAsync("mw server --port 0")).ShouldRefuse(2, "Another Millwright process serves", $"Process {server.Id} serves it at http://", $"kill {server.Id}");
            await terminal.OkAsync("mw ledger verify");
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
            File.Exists(Path.Combine(terminal.Folder, ".millwright", "server.sock")).ShouldBeTrue();
            await terminal.OkAsync("mw ledger verify");
        }
    }

    [Fact]
    public async Task StateThatIsAFile_IsNamed()
    {
        using var terminal = await Terminal.WithProjectAsync();
        Directory.Delete(Path.Combine(terminal.Folder, ".millwright"), recursive: true);
        terminal.Write(".millwright", "x");
        (await terminal.RunAsync("mw ledger verify")).ShouldRefuse(2, ".millwright' is a file");
    }

    [Fact]
    public async Task ReadOnlyProject_SaysSo()
    {
        using var terminal = await Terminal.WithProjectAsync();
        await terminal.RequireMountsAsync();
        terminal.Write("data.csv", "a\n1\n");
        foreach (var (command, code) in WritingCommands)
        {
            var said = await terminal.RunAsync($"unshare -rm bash -c 'mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" && {command}'");
            said.ShouldRefuse(code, "read-only file system");
        }
    }

    [Fact]
    public async Task SomebodyElsesProject_SaysSo()
    {
        Assert.SkipUnless(Environment.UserName == "root", "needs root to act as another user");
        using var terminal = await Terminal.WithProjectAsync();
        terminal.Write("data.csv", "a\n1\n");
        await terminal.OkAsync("chmod 755 .");
        Assert.SkipUnless((await terminal.RunAsync("setpriv --reuid=65534 --regid=65534 --clear-groups mw --version")).Code == 0, "another user may not run this build");
        foreach (var (command, code) in WritingCommands)
        {
            (await terminal.RunAsync($"setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/ {command}")).ShouldRefuse(code, "denied", "fix: ");
        }
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
