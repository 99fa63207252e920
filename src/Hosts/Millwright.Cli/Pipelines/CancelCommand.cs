using System.CommandLine;
using Millwright.Cli.Commands;
using Millwright.Client.Pipelines;
using Millwright.Contracts.Pipelines;

namespace Millwright.Cli.Pipelines;

/// <summary><c>mw cancel</c>.</summary>
internal static class CancelCommand
{
    public static Command Build(CliContext cli)
    {
        var run = new Argument<string>("run") { Description = "The run's id, or an unambiguous beginning of it." };
        return new CliCommand("cancel", "Cancel a run: its processes are stopped with everything they started.", "mw cancel 0199ab") { run }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Pipelines.CancelAsync(args.GetValue(run)!, ct), PipelineJson.Default.RunDto, ended => cli.Screen.Line($"run {ended.Id} {ended.State}")));
    }
}
