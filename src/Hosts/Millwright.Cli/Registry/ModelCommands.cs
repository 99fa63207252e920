using System.CommandLine;
using System.Globalization;
using Millwright.Cli.Commands;
using Millwright.Client.Registry;
using Millwright.Contracts.Ledger;
using Millwright.Contracts.Registry;

namespace Millwright.Cli.Registry;

/// <summary><c>mw model</c>.</summary>
internal static class ModelCommands
{
    public static Command Build(CliContext cli) => new("model", "Registered models: versions, approvals, promotion.")
    {
        List(cli), ShowModelCommand.Build(cli), Approve(cli), Reject(cli), Promote(cli), Alias(cli), Unalias(cli), Tag(cli), History(cli),
    };

    internal static Argument<string> NameArgument() => new("name") { Description = "The registered model." };

    internal static Argument<int> VersionArgument() => new("version") { Description = "The version's number." };

    private static CliCommand List(CliContext cli)
    {
        var after = new Option<string?>("--after") { Description = "Go on after this model.", HelpName = "NAME" };
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many (default 100).", DefaultValueFactory = _ => 100, HelpName = "N" };
        return new CliCommand("list", "List registered models.", "mw model list", "mw model list --json") { after, limit }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Models.ListAsync(args.GetValue(after), args.GetValue(limit), ct), ModelJson.Default.ModelPageDto, page =>
                {
                    cli.Screen.Table(
                        ["MODEL", "VERSIONS", "PRODUCTION", "UPDATED"],
                        page.Models.Select(model => (string[])
                        [
                            model.Name, model.Versions.Count.ToString(CultureInfo.InvariantCulture),
                            model.Versions.LastOrDefault(version => version.Stage is "production")?.Version.ToString(CultureInfo.InvariantCulture) ?? "-",
                            model.UpdatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"),
                        ]));
                    if (page.Next is { } next)
                    {
                        cli.Screen.Note($"more: --after {next}");
                    }
                }));
    }

    private static CliCommand Approve(CliContext cli)
    {
        var (name, version) = (NameArgument(), VersionArgument());
        var comment = new Option<string>("--comment", "-m") { Description = "Why.", DefaultValueFactory = _ => "", HelpName = "TEXT" };
        return new CliCommand("approve", "Approve a version for production; its author cannot.", "mw model approve churn 3 --as bob --comment 'Reviewed'") { name, version, comment }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Models.ApproveAsync(args.GetValue(name)!, args.GetValue(version), args.GetValue(comment)!, ct), ModelJson.Default.ModelVersionDto,
                approved => cli.Screen.Line($"{approved.Name}/{approved.Version} approved by {string.Join(", ", approved.Approvals.Where(approval => !approval.Rejected).Select(approval => approval.By))}")));
    }

    private static CliCommand Reject(CliContext cli)
    {
        var (name, version) = (NameArgument(), VersionArgument());
        var reason = new Option<string>("--reason") { Description = "Why; stands in the ledger.", Required = true, HelpName = "TEXT" };
        return new CliCommand("reject", "Reject a version: it does not go to production until you approve it.", "mw model reject churn 3 --as bob --reason 'Leaks the label'") { name, version, reason }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Models.RejectAsync(args.GetValue(name)!, args.GetValue(version), args.GetValue(reason)!, ct), ModelJson.Default.ModelVersionDto,
                rejected => cli.Screen.Line($"{rejected.Name}/{rejected.Version} rejected")));
    }

    private static CliCommand Promote(CliContext cli)
    {
        var (name, version) = (NameArgument(), VersionArgument());
        var stage = new Option<string>("--stage", "-s") { Description = "staging, production, archived or none (default production).", DefaultValueFactory = _ => "production", HelpName = "STAGE" };
        var reason = new Option<string>("--reason") { Description = "Why.", DefaultValueFactory = _ => "", HelpName = "TEXT" };
        return new CliCommand("promote", "Move a version to a stage. Production needs someone else's approval; exit code 1 without it.", "mw model promote churn 3 --stage production") { name, version, stage, reason }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Models.PromoteAsync(args.GetValue(name)!, args.GetValue(version), args.GetValue(stage)!, args.GetValue(reason)!, ct), ModelJson.Default.ModelVersionDto,
                promoted => cli.Screen.Line($"{promoted.Name}/{promoted.Version} is in {promoted.Stage}")));
    }

    private static CliCommand Alias(CliContext cli)
    {
        var (name, version) = (NameArgument(), VersionArgument());
        var alias = new Argument<string>("alias") { Description = "Letters, digits, '_' and '-'." };
        return new CliCommand("alias", "Point an alias at a version; an alias that exists moves.", "mw model alias churn 3 challenger") { name, version, alias }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Models.SetAliasAsync(args.GetValue(name)!, args.GetValue(version), args.GetValue(alias)!, ct), ModelJson.Default.ModelVersionDto,
                named => cli.Screen.Line($"{args.GetValue(alias)} is {named.Name}/{named.Version}")));
    }

    private static CliCommand Unalias(CliContext cli)
    {
        var name = NameArgument();
        var alias = new Argument<string>("alias") { Description = "The alias; one that is not there is fine." };
        return new CliCommand("unalias", "Remove an alias. What was deployed by it stays deployed.", "mw model unalias churn challenger") { name, alias }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Models.RemoveAliasAsync(args.GetValue(name)!, args.GetValue(alias)!, ct), ModelJson.Default.ModelDto,
                model => cli.Screen.Line($"{model.Name}: {(model.Aliases.Count == 0 ? "no aliases" : string.Join(", ", model.Aliases.Select(named => $"{named.Key} = {named.Value}")))}")));
    }

    private static CliCommand Tag(CliContext cli)
    {
        var (name, version) = (NameArgument(), VersionArgument());
        var key = new Argument<string>("key") { Description = "The tag." };
        var value = new Argument<string?>("value") { Description = "Its value; left out = remove the tag.", Arity = ArgumentArity.ZeroOrOne };
        return new CliCommand("tag", "Set or remove a tag of a version.", "mw model tag churn 3 reviewed yes", "mw model tag churn 3 reviewed") { name, version, key, value }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Models.TagAsync(args.GetValue(name)!, args.GetValue(version), args.GetValue(key)!, args.GetValue(value), ct), ModelJson.Default.ModelVersionDto,
                tagged => cli.Screen.Line($"{tagged.Name}/{tagged.Version}: {string.Join(", ", tagged.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}")));
    }

    private static CliCommand History(CliContext cli)
    {
        var name = NameArgument();
        return new CliCommand("history", "What happened to a model, who did it and when, newest first.", "mw model history churn") { name }
            .OnRun(cli, async (args, ct) => cli.Show(
                await cli.Connect().Models.HistoryAsync(args.GetValue(name)!, ct), LedgerJson.Default.LedgerPageDto, page => cli.Screen.Table(
                    ["WHEN", "WHO", "WHAT", "VERSION", "FACTS"],
                    page.Events.Select(happened => (string[])
                        [happened.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"), happened.Actor, happened.Kind, happened.Subject, happened.Body.ToString()]))));
    }
}
