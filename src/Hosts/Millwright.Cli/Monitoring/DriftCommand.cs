using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Cli.Commands;
using Millwright.Contracts.Monitoring;
using Millwright.DuckDb;
using Millwright.Monitoring;
using Millwright.Monitoring.Drift;
using Millwright.Server.Monitoring;

namespace Millwright.Cli.Monitoring;

/// <summary><c>mw drift</c>: compares two files without a project or a server.</summary>
internal static class DriftCommand
{
    public static Command Build(CliContext cli)
    {
        var reference = new Argument<string>("reference") { Description = "CSV, Parquet or JSON lines; or a profile.json." };
        var current = new Argument<string>("current") { Description = "CSV, Parquet or JSON lines." };
        var fail = new Option<bool>("--fail-on-drift") { Description = "Exit code 1 when a column has moved or is lost." };
        var psi = new Option<double>("--psi") { Description = "Smallest population stability index that matters (default 0.2).", DefaultValueFactory = _ => new DriftLimits().Psi, HelpName = "X" };
        var distance = new Option<double>("--distance") { Description = "Smallest share of rows that must have moved, 0 to 1 (default 0.1).", DefaultValueFactory = _ => new DriftLimits().Distance, HelpName = "X" };
        return new CliCommand("drift", "Compare two tables, column by column.", "mw drift data/train.csv data/today.csv", "mw drift profile.json data/today.parquet --fail-on-drift --json")
        {
            reference, current, fail, psi, distance,
        }.OnRun(cli, async (args, ct) =>
        {
            await using var services = new ServiceCollection().AddDuckDb().AddDrift().BuildServiceProvider();
            var limits = new DriftLimits { Psi = args.GetValue(psi), Distance = args.GetValue(distance) };
            var compared = await services.GetRequiredService<DriftOfTables>().RunAsync(Path.Combine(cli.Folder, args.GetValue(reference)!), Path.Combine(cli.Folder, args.GetValue(current)!), limits, ct);
            return compared.TryGet(out var report, out var problem)
                ? cli.Show(MonitoringMapping.From(report), MonitoringJson.Default.DriftReportDto, shown => Render(cli, shown), shown => !(args.GetValue(fail) && shown.Drifted))
                : cli.Fail(problem);
        });
    }

    private static void Render(CliContext cli, DriftReportDto report)
    {
        DriftTable.Render(cli, report.Columns);
        foreach (var lost in report.Lost)
        {
            cli.Screen.Line($"{cli.Screen.Bad("lost")}: column '{lost}' is only in the reference");
        }

        foreach (var added in report.New)
        {
            cli.Screen.Line($"new: column '{added}' is only in the current table");
        }

        if (Math.Min(report.ReferenceRows, report.CurrentRows) < DriftLimits.MinimumRows)
        {
            cli.Screen.Line($"too few rows to judge: at least {DriftLimits.MinimumRows} are needed on each side");
        }

        var moved = report.Columns.Count(column => column.Drifted);
        cli.Screen.Line($"{(report.Drifted ? cli.Screen.Bad("drift") : cli.Screen.Good("no drift"))}: {moved} of {report.Columns.Count} columns have moved ({report.ReferenceRows} rows against {report.CurrentRows})");
    }
}
