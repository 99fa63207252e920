using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Millwright.Bench.Start;

/// <summary>Whole commands from the shell, ReadyToRun, the middle of eleven runs.</summary>
internal sealed class CommandScenario : IScenario
{
    public string Name => "start";

    public string Claim => "mw --help and mw data status <= 60 ms; hosting command <= 400 ms; with a live server <= 150 ms; server start <= 700 ms; idle server <= 150 MB";

    public async Task<bool> RunAsync(Report report)
    {
        var mw = Path.Combine(Root(), "artifacts", "mw", "mw");
        var folder = Directory.CreateTempSubdirectory("mw-bench-").FullName;
        try
        {
            await RunAsync(mw, ["init", "--no-scm"], folder);
            var bare = await MedianAsync("/bin/true", [], folder);
            var beside = $"limit: {bare:0.0} ms to start any process";
            var holds = Show("mw --help", await MedianAsync(mw, ["--help"], folder), 60);
            holds &= Show("mw data status", await MedianAsync(mw, ["data", "status"], folder), 60);
            holds &= Show("mw ledger verify (hosts the server itself)", await MedianAsync(mw, ["ledger", "verify"], folder), 400);
            var watch = Stopwatch.StartNew();
            using var server = Process.Start(new ProcessStartInfo(mw, ["server", "--port", "0"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            await server.StandardOutput.ReadLineAsync();
            holds &= Show("mw server until it answers", watch.Elapsed.TotalMilliseconds, 700);
            holds &= Show("mw ledger verify (finds the live server)", await MedianAsync(mw, ["ledger", "verify"], folder), 150);
            server.Refresh();
            var memory = server.WorkingSet64 / 1048576.0;
            report.Figure("idle server, resident", $"{memory:0} MB", "limit 150 MB");
            server.Kill();
            return holds && memory <= 150;

            bool Show(string what, double milliseconds, double limit)
            {
                report.Figure(what, $"{milliseconds:0} ms", $"claimed {limit:0} ms; {beside}");
                return milliseconds <= limit;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> MedianAsync(string program, string[] arguments, string folder)
    {
        var times = new List<double>();
        for (var run = 0; run < 11; run++)
        {
            times.Add(await RunAsync(program, arguments, folder));
        }

        return times.Order().ElementAt(5);
    }

    private static async Task<double> RunAsync(string program, string[] arguments, string folder)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
