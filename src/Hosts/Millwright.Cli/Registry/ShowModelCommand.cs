using System.CommandLine;
using System.Globalization;
using Millwright.Abstractions.Results;
using Millwright.Cli.Commands;
using Millwright.Client.Registry;
using Millwright.Contracts.Registry;

namespace Millwright.Cli.Registry;

/// <summary><c>mw model show</c>.</summary>
internal static class ShowModelCommand
{
    public static CliCommand Build(CliContext cli)
    {
        var name = ModelCommands.NameArgument();
        var version = new Argument<int?>("version") { Description = "Only this version, with its evidence.", Arity = ArgumentArity.ZeroOrOne };
        return new CliCommand("show", "Show a model's versions, or one version with data, metrics, signature, fairness and explanation.", "mw model show churn", "mw model show churn 3") { name, version }
            .OnRun(cli, async (args, ct) =>
            {
                var models = cli.Connect().Models;
                var model = await models.ShowAsync(args.GetValue(name)!, ct);
                if (args.GetValue(version) is not { } number)
                {
                    return cli.Show(model, ModelJson.Default.ModelDto, shown => Render(cli, shown));
                }

                if (model.Versions.FirstOrDefault(candidate => candidate.Version == number) is not { } found)
                {
                    return cli.Fail(new Problem("model.version-unknown", $"The model '{model.Name}' has no version {number}.", $"Run 'mw model show {model.Name}'.", ProblemKind.NotFound));
                }

                var whole = found with { Evidence = await models.EvidenceAsync(model.Name, number, ct) };
                return cli.Show(whole, ModelJson.Default.ModelVersionDto, shown => VersionText.Render(cli.Screen, shown, shown.Evidence!));
            });
    }

    private static void Render(CliContext cli, ModelDto model)
    {
        cli.Screen.Line(cli.Screen.Bold(model.Name) + (model.Aliases.Count == 0 ? "" : "  " + string.Join(", ", model.Aliases.Select(alias => $"{alias.Key} = {alias.Value}"))));
        cli.Screen.Table(
            ["VERSION", "STAGE", "AUC", "APPROVED BY", "AUTHOR", "CREATED"],
            model.Versions.Select(version => (string[])
            [
                Number(version.Version), version.Stage, Metric(version, "roc_auc"),
                version.Approvals.Count == 0 ? "-" : string.Join(", ", version.Approvals.Select(approval => approval.Rejected ? cli.Screen.Bad($"rejected by {approval.By}") : approval.By)),
                version.Author, version.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss"),
            ]));
    }

    private static string Metric(ModelVersionDto version, string name) =>
        version.Metrics.TryGetValue(name, out var value) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
