using System.CommandLine;
using Millwright.Cli.Commands;
using Millwright.Client.Pipelines;
using Millwright.Contracts.Pipelines;

namespace Millwright.Cli.Pipelines;

/// <summary><c>mw logs</c>.</summary>
internal static class LogsCommand
{
    public static Command Build(CliContext cli)
    {
        var run = new Argument<string>("run") { Description = "The run's id, or an unambiguous beginning of it." };
        var step = new Argument<string?>("step") { Description = "Only this step's printed lines.", Arity = ArgumentArity.ZeroOrOne };
        return new CliCommand("logs", "Follow a run to its end, or show what one of its steps printed.", "mw logs 0199ab", "mw logs 0199ab train") { run, step }
            .OnRun(cli, async (args, ct) =>
            {
                var pipelines = cli.Connect().Pipelines;
                if (args.GetValue(step) is { } name)
                {
                    return cli.Show(await pipelines.LogAsync(args.GetValue(run)!, name, ct), PipelineJson.Default.StepLogDto, log => cli.Screen.Write(log.Text));
                }

                var found = await pipelines.RunAsync(args.GetValue(run)!, ct);
                var view = new RunView(cli, found);
                await foreach (var happened in pipelines.FollowAsync(found.Id, ct))
                {
                    view.Show(happened);
                }

                var ended = await pipelines.RunAsync(found.Id, ct);
                view.End(ended);
                if (cli.Json)
                {
                    cli.ShowJson(ended, PipelineJson.Default.RunDto);
                }

                return ExitCode.Done;
            });
    }
}
