using System.CommandLine;
using System.Globalization;
using Millwright.Cli.Commands;
using Millwright.Client.Delivery;
using Millwright.Contracts.Delivery;

namespace Millwright.Cli.Delivery;

/// <summary><c>mw deployment</c>.</summary>
internal static class DeploymentCommands
{
    public static Command Build(CliContext cli) => new("deployment", "Show rollouts, take them back or stop them.") { List(cli), Show(cli), RollBack(cli), Abort(cli) };

    private static CliCommand List(CliContext cli)
    {
        var model = new Option<string?>("--model") { Description = "Only of this model.", HelpName = "MODEL" };
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many (default 20).", DefaultValueFactory = _ => 20, HelpName = "N" };
        var before = new Option<string?>("--before") { Description = "Go on below this deployment.", HelpName = "ID" };
        return new CliCommand("list", "List deployments, newest first.", "mw deployment list", "mw deployment list --model churn --json") { model, limit, before }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Deployments.ListAsync(args.GetValue(model), args.GetValue(before), args.GetValue(limit), ct),
                DeliveryJson.Default.DeploymentListDto, page => Render(cli, page)));
    }

    private static CliCommand Show(CliContext cli)
    {
        var id = Id("The deployment's id, or a model for what is rolling or live of it.");
        return new CliCommand("show", "Show a deployment with its traffic and every verdict.", "mw deployment show churn") { id }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Deployments.ShowAsync(args.GetValue(id)!, ct), DeliveryJson.Default.DeploymentDetailsDto, details => Render(cli, details)));
    }

    private static CliCommand RollBack(CliContext cli)
    {
        var id = Id("The deployment's id, or a model for what is rolling or live of it.");
        var reason = new Option<string>("--reason") { Description = "Why; stands in the ledger.", Required = true, HelpName = "TEXT" };
        return new CliCommand("rollback", "Give a candidate's traffic back, or a live version's to the one before it.", "mw deployment rollback churn --reason 'complaints'") { id, reason }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Deployments.RollBackAsync(args.GetValue(id)!, args.GetValue(reason)!, ct), DeliveryJson.Default.DeploymentDto, done => Done(cli, done)));
    }

    private static CliCommand Abort(CliContext cli)
    {
        var id = Id("The deployment's id.");
        var reason = new Option<string?>("--reason") { Description = "Why; stands in the ledger.", HelpName = "TEXT" };
        return new CliCommand("abort", "Stop a rollout without judging the version.", "mw deployment abort 019ab3… --reason 'wrong version'") { id, reason }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Deployments.AbortAsync(args.GetValue(id)!, args.GetValue(reason), ct), DeliveryJson.Default.DeploymentDto, done => Done(cli, done)));
    }

    private static Argument<string> Id(string description) => new("deployment") { Description = description };

    private static void Done(CliContext cli, DeploymentDto deployment) =>
        cli.Screen.Line($"{deployment.Model} version {deployment.Version} is {deployment.State.Replace('_', ' ')}: {deployment.Outcome}");

    private static void Render(CliContext cli, DeploymentListDto page)
    {
        cli.Screen.Table(
            ["DEPLOYMENT", "MODEL", "VERSION", "STATE", "TRAFFIC", "STARTED", "BY", "OUTCOME"],
            page.Deployments.Select(one => (string[])
            [
                one.Id, one.Model, Number(one.Version), one.State, one.Percent + "%", one.Started.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"), one.Actor,
                one.Outcome.Length > 0 ? one.Outcome : one.Reason,
            ]));
        if (page.Next is { } next)
        {
            cli.Screen.Note($"more: --before {next}");
        }
    }

    private static void Render(CliContext cli, DeploymentDetailsDto details)
    {
        var one = details.Deployment;
        cli.Screen.Line($"{cli.Screen.Bold($"{one.Model} version {one.Version}")} {one.State.Replace('_', ' ')} {one.Outcome}".TrimEnd());
        cli.Screen.Line($"deployment {one.Id}, started {one.Started.ToLocalTime():yyyy-MM-dd HH:mm:ss} by {one.Actor}{(one.Forced ? $", forced: {one.Reason}" : "")}");
        cli.Screen.Line("traffic    " + string.Join(", ", details.Traffic.Select(share => $"version {share.Version}: {share.Percent:0.##}%")));
        cli.Screen.Line("steps      " + string.Join(" → ", one.Steps.Select((step, index) => index == one.Step && one.State is "rolling" ? cli.Screen.Bold(step + "%") : step + "%")));
        if (details.Verdicts.Count > 0)
        {
            cli.Screen.Line("");
            cli.Screen.Table(
                ["WHEN", "TRAFFIC", "VERDICT", "MOVE", "REASON"],
                details.Verdicts.Select(verdict => (string[])
                    [verdict.At.ToLocalTime().ToString("HH:mm:ss.f"), verdict.Percent + "%", Paint(cli, verdict.Outcome), verdict.Move.Replace('_', ' '), verdict.Reason]));
        }

        foreach (var decided in details.Verdicts.Where(verdict => verdict.Move is not "wait"))
        {
            Checks(cli, $"at {decided.Percent}%: {decided.Move.Replace('_', ' ')}, because", decided);
        }

        if (details.Now is { } now)
        {
            Checks(cli, "now", now);
        }
    }

    private static void Checks(CliContext cli, string title, CanaryVerdictDto verdict)
    {
        cli.Screen.Line("");
        cli.Screen.Line(title);
        foreach (var check in verdict.Checks)
        {
            cli.Screen.Line($"  {Paint(cli, check.Outcome)} {check.Name}: {check.Message}");
        }
    }

    private static string Paint(CliContext cli, string outcome) => outcome switch
    {
        "pass" => cli.Screen.Good(outcome),
        "fail" => cli.Screen.Bad(outcome),
        _ => outcome,
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
