using System.CommandLine;
using Millwright.Cli.Commands;
using Millwright.Client.Pipelines;
using Millwright.Contracts.Pipelines;

namespace Millwright.Cli.Pipelines;

/// <summary><c>mw schedule</c>.</summary>
internal static class ScheduleCommands
{
    public static Command Build(CliContext cli) => new("schedule", "Cron expressions.") { Next(cli) };

    private static CliCommand Next(CliContext cli)
    {
        var expression = new Argument<string>("expression") { Description = "Cron: five fields, or six with seconds last; @daily and the like; L and # in the day fields." };
        var zone = new Option<string>("--timezone") { Description = "Time zone such as Europe/Berlin (default UTC).", DefaultValueFactory = _ => "UTC", HelpName = "ZONE" };
        var count = new Option<int>("--count", "-n") { Description = "How many (default 5).", DefaultValueFactory = _ => 5, HelpName = "N" };
        return new CliCommand("next", "Show when a cron expression fires next.", "mw schedule next '0 3 * * mon-fri' --timezone Europe/Berlin", "mw schedule next @daily") { expression, zone, count }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Pipelines.NextTimesAsync(args.GetValue(expression)!, args.GetValue(zone)!, args.GetValue(count), ct),
                PipelineJson.Default.NextTimesDto,
                times =>
                {
                    foreach (var time in times.Times)
                    {
                        cli.Screen.Line(time.ToString("yyyy-MM-dd HH:mm:ss zzz"));
                    }
                }));
    }
}
