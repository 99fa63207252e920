using System.CommandLine;
using Millwright.Cli.Commands;
using Millwright.Client.Ledger;
using Millwright.Contracts.Ledger;

namespace Millwright.Cli.Ledger;

/// <summary><c>mw trace</c>.</summary>
internal static class TraceCommand
{
    public static Command Build(CliContext cli)
    {
        var subject = new Argument<string>("subject") { Description = "What to start from, such as prediction:ID, model:churn/3, run:ID, data:md5:HEX." };
        var depth = new Option<int>("--depth") { Description = "Steps each way (default 20).", DefaultValueFactory = _ => 20, HelpName = "N" };
        var forward = new Option<bool>("--forward") { Description = "Only what came of it." };
        var backward = new Option<bool>("--backward") { Description = "Only what it came from." };
        var all = new Option<bool>("--all") { Description = "Also every artifact that leads nowhere else; they are only counted otherwise." };
        return new CliCommand("trace", "Follow lineage: what something came from and what came of it.", "mw trace model:churn/3", "mw trace data:md5:22a1a2931c8370d3aeedd7183606fd7f --forward")
        {
            subject, depth, forward, backward, all,
        }.OnRun(cli, async (args, ct) =>
        {
            var lineage = await cli.Connect().Ledger.TraceAsync(args.GetValue(subject)!, args.GetValue(depth), ct);
            var (onlyForward, onlyBackward) = (args.GetValue(forward), args.GetValue(backward));
            var isLeafShown = args.GetValue(all);
            return cli.Show(lineage, LedgerJson.Default.LineageDto, shown => Render(cli, shown, !onlyForward, !onlyBackward, isLeafShown));
        });
    }

    private static void Render(CliContext cli, LineageDto lineage, bool backward, bool forward, bool everything)
    {
        var nodes = lineage.Nodes.ToDictionary(node => node.Subject);
        cli.Screen.Line(cli.Screen.Bold(lineage.Start) + Facts(nodes[lineage.Start]));
        if (backward)
        {
            Branch(cli, "came from", lineage.Edges.ToLookup(edge => edge.Target, edge => edge.Source), lineage.Start, nodes, everything);
        }

        if (forward)
        {
            Branch(cli, "led to", lineage.Edges.ToLookup(edge => edge.Source, edge => edge.Target), lineage.Start, nodes, everything);
        }
    }

    private static void Branch(CliContext cli, string title, ILookup<string, string> next, string start, Dictionary<string, LineageNodeDto> nodes, bool everything)
    {
        if (!next.Contains(start))
        {
            return;
        }

        cli.Screen.Line(title + ":");
        var seen = new HashSet<string> { start };
        Descend(start, "  ");

        void Descend(string subject, string indent)
        {
            var folded = everything ? [] : next[subject].Where(IsLeaf).ToHashSet();
            foreach (var other in next[subject].Except(folded))
            {
                var again = !seen.Add(other);
                cli.Screen.Line($"{indent}{other}{(again ? cli.Screen.Dim(" (above)") : Facts(nodes[other]))}");
                if (!again)
                {
                    Descend(other, indent + "  ");
                }
            }

            if (folded.Count > 0)
            {
                cli.Screen.Line(indent + cli.Screen.Dim(folded.Count == 1 ? "and 1 artifact (--all names it)" : $"and {folded.Count} artifacts (--all names them)"));
            }
        }

        bool IsLeaf(string subject) => subject.StartsWith("artifact:", StringComparison.Ordinal) && !next.Contains(subject);
    }

    private static string Facts(LineageNodeDto node) =>
        node.At is { } at ? $"  {at.ToLocalTime():yyyy-MM-dd HH:mm:ss} by {node.Actor}, last {node.LastEvent}" : "";
}
