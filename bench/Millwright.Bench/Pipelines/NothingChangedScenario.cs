using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Millwright.Bench.Pipelines;

/// <summary>A pipeline of 100 commands in a chain of tens, run again with nothing changed; make, with as many rules, beside it.</summary>
internal sealed class NothingChangedScenario : IScenario
{
    private const int Steps = 100;

    public string Name => "noop";

    public string Claim => "rerun of a 100-step pipeline with nothing changed <= 300 ms of pipeline time";

    public async Task<bool> RunAsync(Report report)
    {
        var mw = Path.Combine(Root(), "artifacts", "mw", "mw");
        var folder = Directory.CreateTempSubdirectory("mw-bench-").FullName;
        try
        {
            await RunAsync(mw, ["init", "--no-scm"], folder);
            Directory.CreateDirectory(Path.Combine(folder, "pipelines"));
            await File.WriteAllTextAsync(Path.Combine(folder, "pipelines", "p.yaml"), Pipeline());
            await File.WriteAllTextAsync(Path.Combine(folder, "Makefile"), Makefile());
            await RunAsync(mw, ["run", "pipelines/p.yaml"], folder);
            await RunAsync("make", ["-s"], folder);
            var (pipeline, command, make) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < 7; round++)
            {
                var (text, seconds) = await RunAsync(mw, ["run", "pipelines/p.yaml", "--json"], folder);
                var run = JsonDocument.Parse(text).RootElement;
                pipeline.Add((run.GetProperty("finishedAt").GetDateTimeOffset() - run.GetProperty("startedAt").GetDateTimeOffset()).TotalMilliseconds);
                command.Add(seconds * 1000);
                make.Add((await RunAsync("make", ["-s"], folder)).Seconds * 1000);
            }

            var median = pipeline.Order().ElementAt(3);
            report.Figure("pipeline time, all from cache", Text(median), "claimed 300 ms");
            report.Figure("whole command, server hosted by it", Text(command.Order().ElementAt(3)), $"make with {Steps} rules, by time stamps: {Text(make.Order().ElementAt(3))}");
            return median <= 300;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Pipeline() => "name: p\nsteps:\n" + string.Concat(Enumerable.Range(0, Steps).Select(step => step % 10 == 0
        ? $"  - name: s{step}\n    run: echo {step} > ${{outputs.out}}\n    outputs: [out]\n"
        : $"  - name: s{step}\n    run: cat ${{inputs.before}} > ${{outputs.out}}\n    inputs: {{ before: s{step - 1}.out }}\n    outputs: [out]\n"));

    private static string Makefile() => $"all: {string.Join(' ', Enumerable.Range(0, Steps).Select(step => $"m{step}"))}\n" + string.Concat(Enumerable.Range(0, Steps).Select(step => step % 10 == 0
        ? $"m{step}:\n\techo {step} > m{step}\n"
        : $"m{step}: m{step - 1}\n\tcat m{step - 1} > m{step}\n"));

    private static async Task<(string Text, double Seconds)> RunAsync(string program, string[] arguments, string folder)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (text, watch.Elapsed.TotalSeconds);
    }

    private static string Text(double milliseconds) => milliseconds.ToString("0 ms", CultureInfo.InvariantCulture);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
