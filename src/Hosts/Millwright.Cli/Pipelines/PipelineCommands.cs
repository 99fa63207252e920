using System.CommandLine;
using System.Text;
using Millwright.Cli.Commands;
using Millwright.Client.Pipelines;
using Millwright.Contracts.Pipelines;

namespace Millwright.Cli.Pipelines;

/// <summary><c>mw pipeline</c>.</summary>
internal static class PipelineCommands
{
    public static Command Build(CliContext cli) => new("pipeline", "The project's pipelines.") { List(cli), Show(cli), Graph(cli) };

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
}
