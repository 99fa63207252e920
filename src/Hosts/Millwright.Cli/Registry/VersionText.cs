using System.Globalization;
using System.Text.Json;
using Millwright.Cli.Screens;
using Millwright.Contracts.Registry;

namespace Millwright.Cli.Registry;

/// <summary>A model version with its evidence, for people.</summary>
internal static class VersionText
{
    private const int Most = 5;

    public static void Render(IScreen screen, ModelVersionDto version, ModelEvidenceDto evidence)
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
            ("profile", Profile(evidence.Profile)),
            ("SHAP", Important(evidence.Explanation)),
            ("gate", evidence.Gate is { } gate ? Text(gate, "verdict") : "-"),
            ("fairness", evidence.Fairness is { } report ? $"{Text(report, "verdict")}, {report.GetProperty("n").GetInt32()} rows" : "-"),
        ];
        foreach (var (fact, value) in facts)
        {
            screen.Line($"{fact,-12} {value}");
        }

        foreach (var problem in evidence.Problems)
        {
            screen.Line($"{screen.Bad("problem     ")} {problem}");
        }

        if (evidence.Fairness is { } fairness)
        {
            Fairness(screen, fairness);
        }
    }

    private static string Words(ModelVersionDto version, bool rejected) => string.Join(
        ", ", version.Approvals.Where(approval => approval.Rejected == rejected).Select(approval => approval.Comment.Length == 0 ? approval.By : $"{approval.By} ({approval.Comment})"));

    private static void Fairness(IScreen screen, JsonElement report)
    {
        screen.Line("");
        foreach (var feature in report.GetProperty("features").EnumerateArray())
        {
            screen.Line($"{Text(feature, "feature")}: demographic parity difference {Interval(feature.GetProperty("demographic_parity_difference"))}, equalized odds difference {Interval(feature.GetProperty("equalized_odds_difference"))}");
        }

        screen.Table(
            ["FEATURE", "GROUP", "N", "SELECTION RATE", "TRUE POSITIVE RATE", "FALSE POSITIVE RATE"],
            from feature in report.GetProperty("features").EnumerateArray()
            from entry in feature.GetProperty("groups").EnumerateArray()
            select (string[])
            [
                Text(feature, "feature"), Text(entry, "group"), Text(entry, "n"),
                Interval(entry.GetProperty("selection_rate")), Interval(entry.GetProperty("true_positive_rate")), Interval(entry.GetProperty("false_positive_rate")),
            ]);
    }

    private static string Signature(JsonElement? signature) => signature is { } found && found.TryGetProperty("inputs", out var inputs)
        ? Listed("columns", inputs.GetArrayLength(), inputs.EnumerateArray().Select(input => $"{Text(input, "name")} {Text(input, "type")}"))
        : "-";

    private static string Profile(JsonElement? profile) => profile is { } found
        ? $"{Text(found, "rows")} rows, " + Listed("columns", found.GetProperty("columns").GetArrayLength(), found.GetProperty("columns").EnumerateArray().Select(Column))
        : "-";

    private static string Column(JsonElement column) => column.TryGetProperty("numbers", out var numbers)
        ? $"{Text(column, "name")} mean {Short(numbers.GetProperty("mean"))}"
        : $"{Text(column, "name")} {Text(column, "distinct")} values";

    private static string Important(JsonElement? explanation) => explanation is { } found && found.TryGetProperty("features", out var features)
        ? string.Join(", ", features.EnumerateArray().Take(Most).Select(feature => string.Join(' ', feature.EnumerateObject().Select(part => part.Value.ValueKind is JsonValueKind.Number ? Short(part.Value) : part.Value.ToString()))))
        : "-";

    private static string Listed(string noun, int count, IEnumerable<string> all) => $"{count} {noun}: {string.Join(", ", all.Take(Most))}{(count > Most ? ", ..." : "")}";

    private static string Interval(JsonElement estimate) => estimate.GetProperty("value").ValueKind is JsonValueKind.Null
        ? "-"
        : $"{Short(estimate.GetProperty("value"))} [{Short(estimate.GetProperty("low"))}, {Short(estimate.GetProperty("high"))}]";

    private static string Short(JsonElement number) => number.ValueKind is JsonValueKind.Number ? number.GetDouble().ToString("0.000", CultureInfo.InvariantCulture) : "-";

    private static string Text(JsonElement json, string key) => json.TryGetProperty(key, out var value) ? value.ToString() : "-";
}
