using System.CommandLine;
using System.Globalization;
using Millwright.Abstractions.Results;
using Millwright.Cli.Commands;
using Millwright.Client.Delivery;
using Millwright.Contracts.Delivery;

namespace Millwright.Cli.Delivery;

/// <summary><c>mw deploy</c>.</summary>
internal static class DeployCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    public static Command Build(CliContext cli)
    {
        var model = new Argument<string>("model") { Description = "The registered model." };
        var version = new Option<string?>("--version", "-v") { Description = "A number, an alias or a stage (default: the newest version).", HelpName = "V" };
        var canary = new Option<string?>("--canary") { Description = "Shares of traffic in percent, rising, the last 100 (default 10,50,100).", HelpName = "STEPS" };
        var bake = new Option<double?>("--bake") { Description = "Shortest time at a step in seconds; fractions count.", HelpName = "SECONDS" };
        var requests = new Option<int?>("--min-requests") { Description = "Fewest requests at a step.", HelpName = "N" };
        var force = new Option<bool>("--force") { Description = "Roll out a version that is not approved; it is judged all the same." };
        var reason = new Option<string?>("--reason") { Description = "Why; required with --force, recorded always.", HelpName = "TEXT" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Follow the rollout to its end; exit code 1 when it is taken back." };
        return new CliCommand(
            "deploy", "Roll out a model version, step by step, judged on errors, latency and model metrics.",
            "mw deploy churn", "mw deploy churn --version 3 --canary 10,50,100 --watch", "mw deploy churn --version 4 --force --reason 'hot fix'")
        {
            model, version, canary, bake, requests, force, reason, watch,
        }.OnRun(cli, async (args, ct) =>
        {
            if (Steps(args.GetValue(canary)) is not { } steps)
            {
                return cli.Fail(new Problem("deploy.canary", $"'{args.GetValue(canary)}' is not a list of percents.", "Write it like --canary 10,50,100."));
            }

            var started = await cli.Connect().Deployments.StartAsync(
                new StartRolloutDto(args.GetValue(model)!)
                {
                    Version = args.GetValue(version), Steps = steps.Count == 0 ? null : steps, BakeSeconds = args.GetValue(bake),
                    MinimumRequests = args.GetValue(requests), Force = args.GetValue(force), Reason = args.GetValue(reason),
                },
                ct);
            return args.GetValue(watch)
                ? await WatchAsync(cli, started, ct)
                : cli.Show(started, DeliveryJson.Default.DeploymentDto, deployment => cli.Screen.Line(Text(deployment)));
        });
    }

    private static async Task<ExitCode> WatchAsync(CliContext cli, DeploymentDto started, CancellationToken ct)
    {
        var (shown, said) = (started, Text(started));
        cli.Screen.Note(said);
        while (shown.State is "rolling")
        {
            await Task.Delay(LookEvery, cli.Clock, ct);
            var details = await cli.Connect().Deployments.ShowAsync(started.Id, ct);
            shown = details.Deployment;
            if (details.Now is { } now)
            {
                cli.Screen.Progress($"{shown.Percent}%: {now.Reason}");
            }

            if (Text(shown) is var text && text != said)
            {
                cli.Screen.Note(said = text);
            }
        }

        cli.Screen.Progress(null);
        return cli.Show(shown, DeliveryJson.Default.DeploymentDto, deployment => cli.Screen.Line(Text(deployment)), deployment => deployment.State is "live");
    }

    private static string Text(DeploymentDto deployment) => deployment.State switch
    {
        "rolling" => $"{deployment.Model} version {deployment.Version}: {deployment.Percent}% of the traffic beside version {deployment.Champion} (deployment {deployment.Id})",
        "live" => $"{deployment.Model} version {deployment.Version} is live: {deployment.Outcome} (deployment {deployment.Id})",
        _ => $"{deployment.Model} version {deployment.Version} is {deployment.State.Replace('_', ' ')}: {deployment.Outcome} (deployment {deployment.Id})",
    };

    // Null when a part is no number; empty when the option was not given.
    private static List<int>? Steps(string? text)
    {
        var steps = new List<int>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            {
                return null;
            }

            steps.Add(step);
        }

        return steps;
    }
}
