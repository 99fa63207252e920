using System.CommandLine;
using System.Globalization;
using Millwright.Cli.Commands;
using Millwright.Client.Monitoring;
using Millwright.Contracts.Monitoring;

namespace Millwright.Cli.Monitoring;

/// <summary><c>mw alert</c>.</summary>
internal static class AlertCommands
{
    public static Command Build(CliContext cli) => new("alert", "List alerts, look after them, silence them.") { List(cli), Show(cli), Acknowledge(cli), Silence(cli) };

    private static CliCommand List(CliContext cli)
    {
        var model = new Option<string?>("--model") { Description = "Only of this model.", HelpName = "MODEL" };
        var all = new Option<bool>("--all", "-a") { Description = "Also those that are over." };
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many (default 50).", DefaultValueFactory = _ => 50, HelpName = "N" };
        return new CliCommand("list", "List alerts, newest first.", "mw alert list", "mw alert list --all --json") { model, all, limit }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Monitoring.AlertsAsync(args.GetValue(model), args.GetValue(all), args.GetValue(limit), ct),
                MonitoringJson.Default.IReadOnlyListAlertDto, alerts => Render(cli, alerts)));
    }

    private static CliCommand Show(CliContext cli)
    {
        var id = new Argument<string>("alert") { Description = "The alert's id." };
        return new CliCommand("show", "Show an alert with every column that it is about.", "mw alert show 019ab3…") { id }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Monitoring.AlertAsync(args.GetValue(id)!, ct), MonitoringJson.Default.AlertDto, alert => Render(cli, alert)));
    }

    private static CliCommand Acknowledge(CliContext cli)
    {
        var id = new Argument<string>("alert") { Description = "The alert's id." };
        var note = new Option<string?>("--note") { Description = "What is being done.", HelpName = "TEXT" };
        return new CliCommand("ack", "Say that you look after an alert.", "mw alert ack 019ab3… --note 'retraining'") { id, note }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Monitoring.AcknowledgeAsync(args.GetValue(id)!, args.GetValue(note), ct),
                MonitoringJson.Default.AlertDto, alert => cli.Screen.Line($"{alert.AcknowledgedBy} looks after: {alert.Message}")));
    }

    private static CliCommand Silence(CliContext cli)
    {
        var model = new Argument<string>("model") { Description = "The registered model." };
        var minutes = new Option<double>("--minutes") { Description = "For how long; at most 43200 (30 days).", Required = true, HelpName = "N" };
        var reason = new Option<string?>("--reason") { Description = "Why; stands in the ledger.", HelpName = "TEXT" };
        return new CliCommand("silence", "Keep a model's alerts from going out for a time; they are recorded all the same.", "mw alert silence churn --minutes 60 --reason 'migration'")
        {
            model, minutes, reason,
        }.OnRun(cli, async (args, ct) => cli.Show(
            await cli.Connect().Monitoring.SilenceAsync(new SilenceDto(args.GetValue(model)!, args.GetValue(minutes), args.GetValue(reason)), ct),
            MonitoringJson.Default.SilencedDto, silenced => cli.Screen.Line($"silent until {silenced.Until.ToLocalTime():yyyy-MM-dd HH:mm:ss}")));
    }

    private static void Render(CliContext cli, IReadOnlyList<AlertDto> alerts)
    {
        if (alerts.Count == 0)
        {
            cli.Screen.Line("no alerts");
            return;
        }

        cli.Screen.Table(
            ["ALERT", "RAISED", "MODEL", "STATE", "WINDOWS", "WHAT", "NOTE"],
            alerts.Select(alert => (string[])
            [
                alert.Id, alert.Raised.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"), $"{alert.Model}/{alert.Version}", State(cli, alert),
                alert.Windows.ToString(CultureInfo.InvariantCulture), $"{alert.Kind} in {WorstColumns.Of(alert)}", alert.Note,
            ]));
    }

    private static void Render(CliContext cli, AlertDto alert)
    {
        (string Fact, string Value)[] facts =
        [
            ("alert", alert.Id),
            ("state", State(cli, alert) + (alert.AcknowledgedBy is { } by ? $", {by} looks after it" : "")),
            ("what", alert.Message),
            ("raised", alert.Raised.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss")),
            ("last seen", $"{alert.LastSeen.ToLocalTime():yyyy-MM-dd HH:mm:ss}, in {alert.Windows} {(alert.Windows == 1 ? "window" : "windows")}"),
            ("note", alert.Note.Length == 0 ? "-" : alert.Note),
        ];
        foreach (var (fact, value) in facts)
        {
            cli.Screen.Line($"{fact,-10} {value}");
        }

        cli.Screen.Line("");
        cli.Screen.Table(
            ["COLUMN", "TEST", "EFFECT", "LIMIT"],
            alert.Scores.Select(column => (string[])
                [column.Column, column.Score.Test, column.Score.Effect.ToString("0.000", CultureInfo.InvariantCulture), column.Score.Threshold.ToString("0.00", CultureInfo.InvariantCulture)]));
    }

    private static string State(CliContext cli, AlertDto alert) => alert.State is "open" ? cli.Screen.Bad(alert.State) : alert.State;
}
