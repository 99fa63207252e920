using System.CommandLine;
using System.Globalization;
using Millwright.Cli.Commands;
using Millwright.Client.Tracking;
using Millwright.Contracts.Tracking;

namespace Millwright.Cli.Tracking;

/// <summary><c>mw runs</c>.</summary>
internal static class RunsCommands
{
    private const int ShownMetrics = 3;

    // The first 12 digits of an id are its time in milliseconds.
    private const int ShownDigits = 12;

    public static Command Build(CliContext cli) => new("runs", "Tracked runs, of pipelines and of MLflow clients: parameters, metrics, tags, artifacts.") { List(cli), Show(cli), Artifacts(cli), Compare(cli) };

    private static CliCommand List(CliContext cli)
    {
        var experiment = new Option<string?>("--experiment", "-e") { Description = "Only runs of this experiment (name or id).", HelpName = "NAME" };
        var filter = new Option<string?>("--filter") { Description = "Only runs that match, in MLflow's filter language.", HelpName = "FILTER" };
        var order = new Option<string?>("--order-by") { Description = "Keys to sort by, separated by commas (default: newest first).", HelpName = "KEYS" };
        var kind = new Option<string?>("--kind") { Description = "Only runs that a pipeline logs, or only those that clients log: pipeline or client.", HelpName = "KIND" };
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many (default 20, most 1000).", DefaultValueFactory = _ => 20, HelpName = "N" };
        var token = new Option<string?>("--token") { Description = "Go on where the page before ended.", HelpName = "TOKEN" };
        return new CliCommand(
            "list", "List runs, newest first.", "mw runs list", "mw runs list --kind client", "mw runs list --experiment train --filter \"metrics.roc_auc > 0.8 AND params.max_depth = '4'\" --order-by 'metrics.roc_auc DESC'")
        {
            experiment, kind, filter, order, limit, token,
        }.OnRun(cli, async (args, ct) => cli.Show(
            await cli.Connect().Tracking.RunsAsync(
                new TrackedRunQuery(args.GetValue(experiment), args.GetValue(filter), args.GetValue(order), args.GetValue(kind), args.GetValue(token)), args.GetValue(limit), ct),
            TrackingJson.Default.TrackedRunListDto, page => Render(cli, page)));
    }

    private static CliCommand Show(CliContext cli)
    {
        var id = new Argument<string>("run") { Description = "The run's id, or the only id that begins so." };
        return new CliCommand("show", "Show everything that a run logged.", "mw runs show 0199f3a2") { id }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Tracking.RunAsync(args.GetValue(id)!, ct), TrackingJson.Default.TrackedRunDto, run => Render(cli, run)));
    }

    private static CliCommand Artifacts(CliContext cli)
    {
        var id = new Argument<string>("run") { Description = "The run's id, or the only id that begins so." };
        var folder = new Argument<string?>("folder") { Description = "Only what lies in this folder.", Arity = ArgumentArity.ZeroOrOne };
        return new CliCommand("artifacts", "List the files that a run logged.", "mw runs artifacts 0199f3a2", "mw runs artifacts 0199f3a2 plots") { id, folder }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Tracking.ArtifactsAsync(args.GetValue(id)!, args.GetValue(folder), ct), TrackingJson.Default.ArtifactListDto,
                found => cli.Screen.Table(["PATH", "BYTES"], found.Entries.Select(entry => (string[])
                    [entry.Bytes is null ? entry.Path + "/" : entry.Path, entry.Bytes?.ToString(CultureInfo.InvariantCulture) ?? "-"]))));
    }

    private static CliCommand Compare(CliContext cli)
    {
        var ids = new Argument<string[]>("runs") { Description = "Ids of 2 to 200 runs, or their beginnings.", Arity = ArgumentArity.OneOrMore };
        var all = new Option<bool>("--all") { Description = "Also what does not differ." };
        return new CliCommand("compare", "Put runs side by side; shows what differs.", "mw runs compare 0199f3a2 0199f3b7") { ids, all }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Tracking.CompareAsync(args.GetValue(ids)!, ct), TrackingJson.Default.RunComparisonDto,
                found => cli.Screen.Table(
                    ["KIND", "KEY", .. found.Names.Zip(found.Runs, (name, run) => $"{name} {run[..Math.Min(ShownDigits, run.Length)]}")],
                    found.Keys.Where(key => key.Differs || args.GetValue(all)).Select(key => (string[])[key.Kind, key.Key, .. key.Values.Select(value => value ?? "-")]))));
    }

    private static void Render(CliContext cli, TrackedRunListDto page)
    {
        cli.Screen.Table(
            ["RUN", "NAME", "EXPERIMENT", "KIND", "STATUS", "BY", "STARTED", "SECONDS", "METRICS"],
            page.Runs.Select(run => (string[])
            [
                run.Id, run.Name, run.Experiment, run.Kind, run.Status, run.User.Length > 0 ? run.User : "-", run.Start?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss") ?? "-", Seconds(run),
                string.Join(", ", run.Metrics.Take(ShownMetrics).Select(metric => $"{metric.Key}={Number(metric.Value, "G4")}")),
            ]));
        if (page.Next is { } next)
        {
            cli.Screen.Note($"more: --token {next}");
        }
    }

    private static void Render(CliContext cli, TrackedRunDto run)
    {
        cli.Screen.Line($"{cli.Screen.Bold(run.Name)}  {run.Id}");
        cli.Screen.Line($"{run.Status}, experiment {run.Experiment}, logged by a {run.Kind}, by {(run.User.Length > 0 ? run.User : "-")}, started {run.Start?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss") ?? "-"}, {Seconds(run)} s");
        Table("METRIC", run.Metrics.Select(metric => (metric.Key, Number(metric.Value, "R"))));
        Table("PARAMETER", run.Parameters.Select(parameter => (parameter.Key, parameter.Value)));
        Table("TAG", run.Tags.Select(tag => (tag.Key, tag.Value)));

        void Table(string heading, IEnumerable<(string Key, string Value)> rows)
        {
            var all = rows.Select(row => (string[])[row.Key, row.Value]).ToList();
            if (all.Count > 0)
            {
                cli.Screen.Line("");
                cli.Screen.Table([heading, "VALUE"], all);
            }
        }
    }

    private static string Seconds(TrackedRunDto run) => run is { Start: { } start, End: { } end } ? (end - start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "-";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "NaN";
}
