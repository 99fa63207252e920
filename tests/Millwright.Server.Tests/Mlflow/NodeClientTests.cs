using System.Diagnostics;
using System.Text.Json;
using Millwright.Testing;

namespace Millwright.Server.Tests.Mlflow;

/// <summary>The client of MLflow's protocol that npm has, unchanged, against a running server.</summary>
public sealed class NodeClientTests
{
    private static readonly string Folder = Path.Combine(Golden.Repository, "tests", "node", "mlflow");

    [Fact]
    public async Task NpmClient_LogsARun_ReadsItBack()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "mlflow")))
        {
            await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        }

        await using var server = await RunningServer.StartAsync();
        var output = await RunAsync("node", "log-and-read.mjs", server.Url.GetLeftPart(UriPartial.Authority));
        using var json = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        var run = json.RootElement.GetProperty("run");
        run.GetProperty("info").GetProperty("status").GetString().ShouldBe("FINISHED");
        Pairs(run, "params").ShouldBe(["depth=6", "eta=0.1"], ignoreOrder: true);
        Pairs(run, "metrics").ShouldBe(["loss=0.3333333333333333", "auc=0.91"]);
        Pairs(run, "tags").ShouldContain("note=ж☃");
        json.RootElement.GetProperty("history").GetArrayLength().ShouldBe(3);
        json.RootElement.GetProperty("found").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("root").GetString().ShouldStartWith("mlflow-artifacts:/");
    }

    private static IEnumerable<string> Pairs(JsonElement run, string part) =>
        run.GetProperty("data").GetProperty(part).EnumerateArray().Select(pair => $"{pair.GetProperty("key")}={pair.GetProperty("value")}");

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }
}
