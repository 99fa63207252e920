using System.CommandLine;
using System.Globalization;
using Millwright.Cli.Commands;
using Millwright.Client.Ledger;
using Millwright.Contracts.Ledger;

namespace Millwright.Cli.Ledger;

/// <summary><c>mw ledger</c>.</summary>
internal static class LedgerCommands
{
    public static Command Build(CliContext cli) => new("ledger", "Search and verify the audit trail.") { Search(cli), Verify(cli) };

    private static CliCommand Search(CliContext cli)
    {
        var text = new Argument<string?>("text") { Description = "Text in subject, kind, actor or body.", Arity = ArgumentArity.ZeroOrOne };
        var kind = new Option<string?>("--kind") { Description = "Kind of event; 'model.*' for all that begin so.", HelpName = "KIND" };
        var subject = new Option<string?>("--subject") { Description = "Events about this subject, such as model:churn/3.", HelpName = "SUBJECT" };
        var actor = new Option<string?>("--actor") { Description = "Events of this actor.", HelpName = "NAME" };
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many (default 20, most 1000).", DefaultValueFactory = _ => 20, HelpName = "N" };
        var before = new Option<long?>("--before") { Description = "Go on below this position.", HelpName = "SEQ" };
        return new CliCommand("search", "Show events, newest first.", "mw ledger search churn", "mw ledger search --kind 'model.*' --limit 5 --json")
        {
            text, kind, subject, actor, limit, before,
        }.OnRun(cli, async (args, ct) =>
        {
            (string Name, string? Value)[] query =
            [
                ("text", args.GetValue(text)), ("kind", args.GetValue(kind)), ("subject", args.GetValue(subject)), ("actor", args.GetValue(actor)),
                ("limit", args.GetValue(limit).ToString(CultureInfo.InvariantCulture)), ("before", args.GetValue(before)?.ToString(CultureInfo.InvariantCulture)),
            ];
            var page = await cli.Connect().Ledger.SearchAsync(
                string.Join('&', query.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")), ct);
            return cli.Show(page, LedgerJson.Default.LedgerPageDto, shown => Render(cli, shown));
        });
    }

    private static CliCommand Verify(CliContext cli) =>
        new CliCommand("verify", "Recompute the hash chain; exit code 1 when history was changed.", "mw ledger verify", "mw ledger verify --json")
            .OnRun(cli, async (_, ct) => cli.Show(
                await cli.Connect().Ledger.VerifyAsync(ct), LedgerJson.Default.LedgerVerdictDto, verdict => Render(cli, verdict), verdict => verdict.Holds));

    private static void Render(CliContext cli, LedgerPageDto page)
    {
        cli.Screen.Table(
            ["SEQ", "WHEN", "ACTOR", "WHAT", "SUBJECT"],
            page.Events.Select(happened => (string[])
                [happened.Seq.ToString(CultureInfo.InvariantCulture), happened.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"), happened.Actor, happened.Kind, happened.Subject]));
        if (page.Next is { } next)
        {
            cli.Screen.Note($"more: --before {next}");
        }
    }

    private static void Render(CliContext cli, LedgerVerdictDto verdict)
    {
        if (verdict.Holds)
        {
            cli.Screen.Line($"{cli.Screen.Good("ok")}: {verdict.Events} events, chain unbroken, head {verdict.Head}");
            return;
        }

        cli.Screen.Line($"{cli.Screen.Bad("broken")}: history is not as it was written");
        foreach (var finding in verdict.Findings)
        {
            cli.Screen.Line($"  {finding.Kind}: {finding.Message}");
        }
    }
}
