using System.CommandLine;
using System.Globalization;
using System.Text.Json;
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

                var evidence = await models.EvidenceAsync(model.Name, number, ct);
                return cli.Show(found, ModelJson.Default.ModelVersionDto, shown => Render(cli, shown, evidence));
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

    private static void Render(CliContext cli, ModelVersionDto version, ModelEvidenceDto evidence)
    {
        (string Fact, string Value)[] facts =
        [
            ("version", $"{version.Name}/{version.Version}"),
            ("stage", version.Stage),
            ("author", $"{version.Author}, {version.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}"),
            ("approved by", Words(version, rejected: false) is { Length: > 0 } approved ? approved : "nobody"),
            ("rejected by", Words(version, rejected: true) is { Length: > 0 } rejected ? rejected : "nobody"),
            ("artifact", version.Artifact ?? version.Source),
            ("run", version.RunId ?? "-"),
            ("pipeline", version.Pipeline ?? "-"),
            ("commit", version.Commit ?? "-"),
            ("data", string.Join(", ", version.Data)),
            ("parameters", string.Join(", ", version.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))),
            ("metrics", string.Join(", ", version.Metrics.Select(metric => $"{metric.Key} {metric.Value.ToString("0.####", CultureInfo.InvariantCulture)}"))),
            ("signature", Signature(evidence.Signature)),
            ("gate", Text(evidence.Gate, "verdict")),
            ("fairness", evidence.Fairness is null ? "-" : "report with the version (--json of the evidence: /api/models/NAME/versions/N/evidence)"),
            ("SHAP", Important(evidence.Explanation)),
            ("profile", evidence.Profile is null ? "-" : "of the training data, with the version"),
        ];
        foreach (var (fact, value) in facts)
        {
            cli.Screen.Line($"{fact,-12} {value}");
        }

        foreach (var problem in evidence.Problems)
        {
            cli.Screen.Line($"{cli.Screen.Bad("problem"),-12} {problem}");
        }
    }

    private static string Words(ModelVersionDto version, bool rejected) => string.Join(
        ", ", version.Approvals.Where(approval => approval.Rejected == rejected).Select(approval => approval.Comment.Length == 0 ? approval.By : $"{approval.By} ({approval.Comment})"));

    private static string Signature(JsonElement? signature) => signature is { } found && found.TryGetProperty("inputs", out var inputs)
        ? $"{inputs.GetArrayLength()} columns: {string.Join(", ", inputs.EnumerateArray().Take(4).Select(input => $"{input.GetProperty("name").GetString()} {input.GetProperty("type").GetString()}"))}, ..."
        : "-";

    private static string Important(JsonElement? explanation) => explanation is { } found && found.TryGetProperty("features", out var features)
        ? string.Join(", ", features.EnumerateArray().Take(5).Select(feature => string.Join(' ', feature.EnumerateObject().Select(part => part.Value.ValueKind is JsonValueKind.Number ? part.Value.GetDouble().ToString("0.000", CultureInfo.InvariantCulture) : part.Value.ToString()))))
        : "-";

    private static string Text(JsonElement? json, string key) => json is { } found && found.TryGetProperty(key, out var value) ? value.ToString().ToLowerInvariant() : "-";

    private static string Metric(ModelVersionDto version, string name) =>
        version.Metrics.TryGetValue(name, out var value) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
