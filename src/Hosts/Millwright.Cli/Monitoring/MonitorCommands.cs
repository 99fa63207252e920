using System.CommandLine;
using System.Globalization;
using Millwright.Cli.Commands;
using Millwright.Client.Monitoring;
using Millwright.Contracts.Monitoring;

namespace Millwright.Cli.Monitoring;

/// <summary><c>mw monitor</c>.</summary>
internal static class MonitorCommands
{
    public static Command Build(CliContext cli) => new("monitor", "Watch served models: drift of their traffic, performance by labels.") { Show(cli), Scan(cli) };

    private static CliCommand Show(CliContext cli)
    {
        var model = new Argument<string?>("model") { Description = "One model (default: every served version).", Arity = ArgumentArity.ZeroOrOne };
        var version = new Option<int?>("--version", "-v") { Description = "One version (default: the served one).", HelpName = "V" };
        var windows = new Option<int>("--windows", "-n") { Description = "At most so many windows (default 10).", DefaultValueFactory = _ => 10, HelpName = "N" };
        return new CliCommand("show", "Show how served versions do.", "mw monitor show", "mw monitor show churn --windows 3 --json") { model, version, windows }
            .OnRun(cli, async (args, ct) => args.GetValue(model) is { } name
                ? cli.Show(await cli.Connect().Monitoring.ShowAsync(name, args.GetValue(version), args.GetValue(windows), ct), MonitoringJson.Default.MonitorDto, one => Render(cli, one))
                : cli.Show(await cli.Connect().Monitoring.ListAsync(ct), MonitoringJson.Default.IReadOnlyListMonitorDto, all => Render(cli, all)));
    }

    private static CliCommand Scan(CliContext cli) =>
        new CliCommand("scan", "Judge every complete window now instead of at the next tick; exit code 1 when one drifts.", "mw monitor scan")
            .OnRun(cli, async (_, ct) => cli.Show(
                await cli.Connect().Monitoring.ScanAsync(ct), MonitoringJson.Default.IReadOnlyListDriftWindowDto, judged => Render(cli, judged),
                judged => judged.All(window => window.Drifted.Count == 0)));

    private static void Render(CliContext cli, IReadOnlyList<MonitorDto> all) => cli.Screen.Table(
        ["MODEL", "VERSION", "TRAFFIC", "STATUS", "WINDOW", "DRIFTED", "ALERTS", "LABELS", "ROC AUC"],
        all.Select(one => (string[])
        [
            one.Model, Number(one.Version), one.Percent.ToString("0.##", CultureInfo.InvariantCulture) + "%", Paint(cli, one.Status),
            one.Windows is [var newest, ..] ? Number(newest.Number) : "-",
            one.Windows is [var shown, ..] ? WorstColumns.Of(shown) : "-",
            Number(one.Alerts.Count), Number(one.Labels), one.RocAuc?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-",
        ]));

    private static void Render(CliContext cli, MonitorDto one)
    {
        Render(cli, [one]);
        if (one.Problem is { } problem)
        {
            cli.Screen.Line(problem);
        }

        if (one.Windows is [var newest, ..])
        {
            cli.Screen.Line("");
            Render(cli, one.Windows);
            cli.Screen.Line("");
            cli.Screen.Line($"window {newest.Number}, against the training data:");
            DriftTable.Render(cli, newest.Columns);
        }
    }

    private static void Render(CliContext cli, IReadOnlyList<DriftWindowDto> windows) => cli.Screen.Table(
        ["MODEL", "VERSION", "WINDOW", "FROM", "TO", "PREDICTIONS", "DRIFTED"],
        windows.Select(window => (string[])
        [
            window.Model, Number(window.Version), Number(window.Number), Time(window.From), Time(window.To), window.Predictions.ToString(CultureInfo.InvariantCulture),
            WorstColumns.Of(window),
        ]));

    private static string Paint(CliContext cli, string status) => status switch
    {
        "ok" => cli.Screen.Good(status),
        "drift" => cli.Screen.Bad(status),
        _ => status,
    };

    private static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
