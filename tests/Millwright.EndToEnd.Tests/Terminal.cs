using System.Diagnostics;
using System.Text.Json;
using Millwright.Testing;

namespace Millwright.EndToEnd.Tests;

/// <summary>A user's terminal in a scratch project, with the published <c>mw</c> on the path.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public string Folder => _folder.Path;

    public static async Task<Terminal> WithProjectAsync()
    {
        var terminal = new Terminal();
        await terminal.OkAsync("git init -q && mw init");
        return terminal;
    }

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        File.WriteAllText(_folder[file], text);
    }

    /// <summary>The churn sample's pipelines and suite, with the first customers as data.</summary>
    public void TakeSample(int customers)
    {
        var sample = Path.Combine(Golden.Repository, "samples", "churn");
        foreach (var file in (string[])["expectations/customers.json", "pipelines/train.yaml", "pipelines/bad.yaml"])
        {
            Write(file, File.ReadAllText(Path.Combine(sample, file)));
        }

        Write("data/customers.csv", string.Join('\n', File.ReadLines(Path.Combine(sample, "data", "telco-churn.csv")).Take(customers + 1)) + "\n");
    }

    public async Task<Said> RunAsync(string command)
    {
        using var process = Start(command);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Said(command, process.ExitCode, await output, await error);
    }

    /// <summary>Skips the test, saying so, where a user may not mount in a namespace of its own.</summary>
    public async Task RequireMountsAsync()
    {
        Directory.CreateDirectory(_folder["mounts"]);
        Assert.SkipUnless((await RunAsync("unshare -rm mount -t tmpfs tmpfs mounts")).Code == 0, "needs the right to mount in a namespace (unshare -rm)");
    }

    /// <summary>A churn model in production, rolled out; <c>churn/1</c>.</summary>
    public async Task ServeChurnAsync()
    {
        TakeSample(customers: 1500);
        Write("millwright.yaml", "delivery:\n  steps: [100]\n");
        await OkAsync("mw data add data/customers.csv && mw run pipelines/bad.yaml --as ada && mw model approve churn 1 --as bob && mw model promote churn 1 --stage production --as ada && mw deploy churn --version 1 --as ada");
    }

    /// <summary>One customer as a request body for MLflow's protocol.</summary>
    public string Customer() => JsonSerializer.Serialize(new
    {
        dataframe_records = new[]
        {
            File.ReadLines(_folder["data/customers.csv"]).First().Split(',').Zip(File.ReadLines(_folder["data/customers.csv"]).ElementAt(1).Split(','))
                .Where(cell => cell.First != "Churn")
                .ToDictionary(cell => cell.First, cell => double.TryParse(cell.Second, System.Globalization.CultureInfo.InvariantCulture, out var number) ? (object)number : cell.Second),
        },
    });

    public async Task<Said> OkAsync(string command)
    {
        var said = await RunAsync(command);
        said.Code.ShouldBe(0, said.ToString());
        return said;
    }

    public async Task<JsonElement> AskAsync(string command) => JsonDocument.Parse((await OkAsync(command + " --json")).Out).RootElement;

    public Process Start(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = $"{Golden.Repository}:{start.Environment["PATH"]}";
        foreach (var who in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{who}_NAME"] = "Ada";
            start.Environment[$"GIT_{who}_EMAIL"] = "ada@example.org";
        }

        return Process.Start(start)!;
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>What a command said.</summary>
internal sealed record Said(string Command, int Code, string Out, string Err)
{
    public override string ToString() => $"$ {Command}\n{Out}{Err}(exit code {Code})";

    /// <summary>A clear error: one line what, the details, one line what to do; exit code; no stack trace.</summary>
    public void ShouldRefuse(int code, params string[] words)
    {
        Code.ShouldBe(code, ToString());
        Err.ShouldContain("error: ", customMessage: ToString());
        Err.ShouldContain("fix: ", customMessage: ToString());
        Err.ShouldNotContain("   at Millwright", customMessage: ToString());
        foreach (var word in words)
        {
            Err.ShouldContain(word, customMessage: ToString());
        }
    }
}
