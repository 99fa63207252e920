using System.CommandLine;
using System.Text;
using Millwright.Cli.Commands;
using Millwright.Client.Pipelines;
using Millwright.Contracts.Pipelines;

namespace Millwright.Cli.Pipelines;

/// <summary><c>mw pipeline</c>.</summary>
internal static class PipelineCommands
{
    public static Command Build(CliContext cli) => new("pipeline", "The project's pipelines.") { List(cli), Show(cli), Graph(cli), Runs(cli) };

    private static CliCommand List(CliContext cli) =>
        new CliCommand("list", "List the pipelines below pipelines/.", "mw pipeline list", "mw pipeline list --json")
            .OnRun(cli, async (_, ct) => cli.Show(
                await cli.Connect().Pipelines.ListAsync(ct), PipelineJson.Default.PipelineListDto, list => cli.Screen.Table(
                    ["NAME", "FILE", "STEPS", "STARTED BY"],
                    list.Pipelines.Select(pipeline => (string[])
                        [pipeline.Name, pipeline.File, pipeline.Problem is null ? pipeline.Steps.Count.ToString() : cli.Screen.Bad("invalid"), string.Join("; ", pipeline.Triggers)]))));

    private static CliCommand Show(CliContext cli)
    {
        var file = new Argument<string>("file") { Description = "The pipeline's file." };
        return new CliCommand("show", "Check a pipeline and show its plan: all errors with file, line and key.", "mw pipeline show pipelines/train.yaml") { file }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Pipelines.PlanAsync(args.GetValue(file)!, ct), PipelineJson.Default.PipelineDto, pipeline =>
                {
                    cli.Screen.Line($"{cli.Screen.Bold(pipeline.Name)}  {pipeline.Description}");
                    cli.Screen.Line($"digest {pipeline.Digest}");
                    foreach (var trigger in pipeline.Triggers)
                    {
                        cli.Screen.Line($"started by {trigger}");
                    }

                    cli.Screen.Line($"parameters {pipeline.Parameters}");
                    cli.Screen.Table(["STEP", "WORK", "NEEDS"], pipeline.Steps.Select(step => (string[])[step.Name, step.Work, string.Join(", ", step.Needs)]));
                }));
    }

    private static CliCommand Graph(CliContext cli)
    {
        var file = new Argument<string>("file") { Description = "The pipeline's file." };
        return new CliCommand("graph", "Print a pipeline's graph as Mermaid.", "mw pipeline graph pipelines/train.yaml > graph.mmd") { file }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Pipelines.PlanAsync(args.GetValue(file)!, ct), PipelineJson.Default.PipelineDto, pipeline =>
                {
                    var text = new StringBuilder("flowchart LR\n");
                    foreach (var step in pipeline.Steps)
                    {
                        text.Append(step.Needs.Count == 0 ? $"  {step.Name}\n" : string.Concat(step.Needs.Select(need => $"  {need} --> {step.Name}\n")));
                    }

                    cli.Screen.Write(text.ToString());
                }));
    }

    private static CliCommand Runs(CliContext cli)
    {
        var pipeline = new Argument<string?>("pipeline") { Description = "Only this pipeline's.", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many (default 20, most 1000).", DefaultValueFactory = _ => 20, HelpName = "N" };
        var before = new Option<string?>("--before") { Description = "Go on below this run.", HelpName = "RUN" };
        return new CliCommand("runs", "List runs of pipelines, newest first, with what started them.", "mw pipeline runs", "mw pipeline runs train --limit 5") { pipeline, limit, before }
            .OnRun(cli, async (args, ct) =>
            {
                (string Name, string? Value)[] query = [("pipeline", args.GetValue(pipeline)), ("limit", args.GetValue(limit).ToString()), ("before", args.GetValue(before))];
                var page = await cli.Connect().Pipelines.RunsAsync(
                    string.Join('&', query.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")), ct);
                return cli.Show(page, PipelineJson.Default.RunPageDto, shown =>
                {
                    cli.Screen.Table(
                        ["RUN", "PIPELINE", "STATE", "STARTED", "BY", "TRIGGER"],
                        shown.Runs.Select(run => (string[])[run.Id, run.Pipeline, run.State, run.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"), run.Actor, run.Trigger]));
                    if (shown.Next is { } next)
                    {
                        cli.Screen.Note($"more: --before {next}");
                    }
                });
            });
    }
}
