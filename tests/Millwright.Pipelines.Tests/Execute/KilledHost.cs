using Microsoft.Extensions.DependencyInjection;
using Millwright.Pipelines.Watch;

namespace Millwright.Pipelines.Tests.Execute;

/// <summary>
/// This assembly started with <c>MILLWRIGHT_TEST_HOST</c> set is a host of that project folder instead of a test runner: it runs the pipeline
/// <c>p</c> and prints what happens, until it is killed.
/// </summary>
internal static class KilledHost
{
    public const string Variable = "MILLWRIGHT_TEST_HOST";

    public static async Task<int> Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
        {
            return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
        }

        await RunAsync(folder);
        return 0;
    }

    private static async Task RunAsync(string folder)
    {
        await using var project = await PipelineProject.OpenFolderAsync(folder);
        var run = (await project.StartAsync("p")).Value;
        await foreach (var happened in project.Services.GetRequiredService<WatchRun>().RunAsync(run.Id, 0))
        {
            Console.WriteLine($"{happened.Kind} {happened.Step} {happened.Text}");
        }
    }
}
