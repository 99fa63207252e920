using System.CommandLine;
using Millwright.Abstractions.Results;
using Millwright.Cli.Commands;
using Millwright.Client.Pipelines;
using Millwright.Contracts.Pipelines;

namespace Millwright.Cli.Pipelines;

/// <summary><c>mw run</c>.</summary>
internal static class RunCommand
{
    public static Command Build(CliContext cli)
    {
        var file = new Argument<string>("file") { Description = "The pipeline: a .yaml, .json or .cs file of the project." };
        var parameters = new Option<string[]>("--param", "-p") { Description = "Sets a parameter; may be repeated.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
        var steps = new Option<string[]>("--step") { Description = "Only this step and what it depends on; may be repeated.", HelpName = "STEP", DefaultValueFactory = _ => [] };
        var force = new Option<bool>("--force", "-f") { Description = "Run every step, also those whose inputs have not changed." };
        var explain = new Option<bool>("--explain") { Description = "At the end, say for each step why it ran or did not." };
        var detach = new Option<bool>("--detach", "-d") { Description = "Return at once; needs a server that goes on running ('mw server')." };
        return new CliCommand(
            "run", "Run a pipeline; steps whose inputs, code and parameters have not changed are not run again. Exit code 1 when a gate or validation refuses.",
            "mw run pipelines/train.yaml", "mw run pipelines/train.cs --param rounds=200", "mw run pipelines/train.yaml --explain")
        {
            file, parameters, steps, force, explain, detach,
        }.OnRun(cli, async (args, ct) =>
        {
            var given = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var text in args.GetValue(parameters)!)
            {
                if (text.Split('=', 2) is not [{ Length: > 0 } name, var value])
                {
                    return cli.Fail(new Problem("usage.param", $"'{text}' is not a parameter.", "Write --param NAME=VALUE."));
                }

                given[name] = value;
            }

            var start = new StartRunDto(RelativeToProject(cli, args.GetValue(file)!), given, args.GetValue(steps)!, args.GetValue(force));
            var pipelines = cli.Connect().Pipelines;
            var run = await pipelines.StartAsync(start, ct);
            return args.GetValue(detach)
                ? cli.Show(run, PipelineJson.Default.RunDto, started => cli.Screen.Line($"run {started.Id} started; follow it with 'mw logs {started.Id}'"))
                : await FollowAsync(cli, pipelines, run, args.GetValue(explain), ct);
        });
    }

    private static async Task<ExitCode> FollowAsync(CliContext cli, PipelinesClient pipelines, RunDto run, bool explain, CancellationToken ct)
    {
        var view = new RunView(cli, run);
        var end = "";
        try
        {
            await foreach (var happened in pipelines.FollowAsync(run.Id, ct))
            {
                view.Show(happened);
                end = happened is { Kind: "runFinished", Text: { } text } ? text : end;
            }
        }
        catch (OperationCanceledException)
        {
            cli.Screen.Note("cancelling ...");
            await pipelines.CancelAsync(run.Id, CancellationToken.None);
            throw;
        }

        var ended = await pipelines.RunAsync(run.Id, ct);
        view.End(ended);
        if (cli.Json)
        {
            cli.ShowJson(ended, PipelineJson.Default.RunDto);
        }
        else if (explain)
        {
            cli.Screen.Table(["STEP", "STATE", "WHY"], ended.Steps.Select(step => (string[])[step.Name, step.State, step.Why]));
        }

        if (ended.Problem is { } problem && ended.State is "failed")
        {
            cli.Screen.Error(problem.Title, problem.Details, problem.Fix);
            return ExitCodes.OfStatus(problem.Status);
        }

        if (ended.State is "running")
        {
            cli.Screen.Error($"The run was broken off and its end could not be recorded. {end}".TrimEnd(), [], "Mend that and run the same command again; finished steps are not repeated.");
            return ExitCode.Invalid;
        }

        return ended.State is "succeeded" ? ExitCode.Done : ExitCode.No;
    }

    // The server knows paths relative to the project; the user types them relative to where they stand.
    private static string RelativeToProject(CliContext cli, string file) =>
        Millwright.Server.Project.ProjectFolder.Find(cli.Folder).TryGet(out var project, out _)
            ? Path.GetRelativePath(project.Root, Path.GetFullPath(file, cli.Folder)).Replace('\\', '/')
            : file;
}
