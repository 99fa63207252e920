using System.CommandLine;
using Millwright.Cli.Commands;
using Millwright.Client.Monitoring;
using Millwright.Contracts.Monitoring;

namespace Millwright.Cli.Monitoring;

/// <summary><c>mw alert</c>.</summary>
internal static class AlertCommands
{
    public static Command Build(CliContext cli) => new("alert", "List alerts, look after them, silence them.") { List(cli), Acknowledge(cli), Silence(cli) };

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
            ["ALERT", "RAISED", "STATE", "WINDOWS", "WHAT"],
            alerts.Select(alert => (string[])
            [
                alert.Id, alert.Raised.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"), alert.State is "open" ? cli.Screen.Bad(alert.State) : alert.State,
                alert.Windows.ToString(System.Globalization.CultureInfo.InvariantCulture), alert.Message + (alert.Note.Length > 0 ? $" ({alert.Note})" : ""),
            ]));
    }
}
