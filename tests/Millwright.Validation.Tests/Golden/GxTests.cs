using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.DuckDb;
using Millwright.Testing;
using Millwright.Validation.Expectations;
using Millwright.Validation.Results;
using Millwright.Validation.Suites;
using Millwright.Validation.Validate;

namespace Millwright.Validation.Tests.Gx;

/// <summary>Every expectation of every recorded Great Expectations run gives the same verdict and the same facts here.</summary>
[Trait("Golden", "gx")]
public sealed class GxTests
{
    private static readonly DuckDbTables Engine = new();
    private static readonly ExpectationCatalogue Catalogue = new();
    private static readonly ConcurrentDictionary<string, Lazy<Task<Result<ValidationResult>>>> Runs = new();
    private static readonly string Results = Path.Combine(Testing.Golden.Area("gx"), "results");
    private static readonly IReadOnlySet<string> Pending = Testing.Golden.Pending("gx");

    public static TheoryData<string, int, string> Cases()
    {
        var data = new TheoryData<string, int, string>();
        foreach (var file in Files(build: false))
        {
            if (Read(file)["results"] is not JsonArray results)
            {
                data.Add(file, -1, "run_error");
                continue;
            }

            for (var index = 0; index < results.Count; index++)
                data.Add(file, index, Config(results[index]!).Type);
        }

        return data;
    }

    public static TheoryData<string, string, int> Builds()
    {
        var data = new TheoryData<string, string, int>();
        foreach (var file in Files(build: true))
        {
            foreach (var verdict in (string[])["accepted", "rejected"])
            {
                for (var index = 0; index < Read(file)[verdict]!.AsArray().Count; index++)
                    data.Add(file, verdict, index);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Expectation_OnTheSameData_GivesTheSameResult(string file, int index, string type)
    {
        if (Pending.Contains(type) || (type == "run_error" && Pending.Contains(file)))
            return;
        var golden = Read(file);
        var run = await Runs.GetOrAdd(file, name => new(() => RunAsync(name, golden))).Value;
        if (index < 0)
        {
            run.IsOk.ShouldBeFalse(golden["run_error"]!.ToString());
            return;
        }

        run.Problem?.Details.ShouldBeEmpty(run.Problem.Message);
        var expected = golden["results"]![index]!;
        var actual = Match(golden, index, run.Value);
        Differences(expected["success"], JsonValue.Create(actual.IsMet), "success")
            .Concat(Differences(expected["result"], actual.Result, "result"))
            .Concat(actual.Raised is null == Raised(expected) ? [$"exception: {actual.Raised ?? "none"}"] : [])
            .ShouldBeEmpty($"{file} {type} {Config(expected).Kwargs.ToJsonString()}");
    }

    [Theory, MemberData(nameof(Builds))]
    public void Configuration_ThatIsWrong_IsRefused(string file, string verdict, int index)
    {
        var entry = Read(file)[verdict]![index]!;
        var isOld = file.EndsWith(".v0.json", StringComparison.Ordinal);
        var kind = $"{(isOld ? "v0" : "v1")} {verdict} {entry["index"]}";
        if (Pending.Contains(kind))
            return;
        var suite = new JsonObject
        {
            [isOld ? "expectation_suite_name" : "name"] = "s",
            ["expectations"] = new JsonArray(new JsonObject { [isOld ? "expectation_type" : "type"] = entry["type"]!.DeepClone(), ["kwargs"] = entry["kwargs"]!.DeepClone() }),
        };
        var read = new SuiteReader(Catalogue, TimeProvider.System).Read(JsonSerializer.SerializeToUtf8Bytes(suite), "suite.json");
        var isAccepted = read.IsOk && Catalogue.Types.Contains(entry["type"]!.ToString());
        isAccepted.ShouldBe(verdict == "accepted", $"{kind} {entry.ToJsonString()} {string.Join("; ", read.Problem?.Details ?? [])}");
    }

    private static IEnumerable<string> Files(bool build) => Directory.GetFiles(Results, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)
        .Where(file => file!.Contains(".build.", StringComparison.Ordinal) == build)!;

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Results, file)))!;

    private static Task<Result<ValidationResult>> RunAsync(string file, JsonNode golden)
    {
        var parts = file.Split('.');
        var request = new ValidateRequest(
            Path.Combine(Testing.Golden.Area("gx"), "suites", $"{parts[0]}.{parts[2]}.json"),
            GoldenTable.FileOf(GoldenTable.DatasetOf(parts[0])),
            ResultFormat.Parse(golden["_run"]!["result_format"]).Value)
        {
            Parameters = golden["_run"]!["parameters"]!.DeepClone().AsObject(),
        };
        return new ValidateTable(Engine, Catalogue, TimeProvider.System).RunAsync(request, default);
    }

    /// <summary>Our result of the same expectation: the same arguments, or else the same place among those of its type and columns.</summary>
    private static ExpectationResult Match(JsonNode golden, int index, ValidationResult run)
    {
        var all = golden["results"]!.AsArray().Select(result => Config(result!)).ToList();
        var mine = all[index];
        var same = run.Expectations.Where(result => result.Config.Type == mine.Type && Differences(mine.Kwargs, result.Config.Kwargs, "").Count == 0).ToList();
        if (same.Count > 0)
            return same[0];
        var place = all.Take(index).Count(other => other.Type == mine.Type && other.Subject == mine.Subject);
        return run.Expectations.Where(result => result.Config.Type == mine.Type && result.Config.Subject == mine.Subject).ElementAt(place);
    }

    private static ExpectationConfig Config(JsonNode result)
    {
        var config = result["expectation_config"]!;
        var kwargs = config["kwargs"]!.DeepClone().AsObject();
        kwargs.Remove("batch_id");
        return new ExpectationConfig((config["type"] ?? config["expectation_type"])!.ToString(), kwargs);
    }

    private static bool Raised(JsonNode result)
    {
        var info = result["exception_info"]!.AsObject();
        return info["raised_exception"]?.GetValue<bool>() ?? info.Any(entry => entry.Value!["raised_exception"]!.GetValue<bool>());
    }

    private static List<string> Differences(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected, actual)
        {
            case (JsonObject left, JsonObject right):
                return [.. left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key)).SelectMany(key =>
                    left.ContainsKey(key) != right.ContainsKey(key)
                        ? [$"{path}.{key} is {(left.ContainsKey(key) ? "absent" : "extra")}"]
                        : Differences(left[key], right[key], $"{path}.{key}"))];
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                return [.. left.Zip(right).SelectMany((pair, index) => Differences(pair.First, pair.Second, $"{path}[{index}]"))];
            case ({ } left, { } right) when left.GetValueKind() == JsonValueKind.Number && right.GetValueKind() == JsonValueKind.Number:
                var (x, y) = (Number(left), Number(right));
                return Math.Abs(x - y) <= 1e-9 * Math.Max(1, Math.Abs(x)) ? [] : [$"{path}: {y}, expected {x}"];
            // A data frame writes its missing time into rows as a text.
            case (JsonValue left, null) when left.ToString() == "NaT":
                return [];
            default:
                return JsonNode.DeepEquals(expected, actual) ? [] : [$"{path}: {actual?.ToJsonString() ?? "null"}, expected {expected?.ToJsonString() ?? "null"}"];
        }
    }

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
