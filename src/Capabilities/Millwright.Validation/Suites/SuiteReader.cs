using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations;

namespace Millwright.Validation.Suites;

/// <summary>Reads a suite's JSON in the 0.x or 1.x spelling and reports every error with its line and key.</summary>
public sealed class SuiteReader(ExpectationCatalogue catalogue, TimeProvider clock)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file; <paramref name="parameters"/> replace its <c>$PARAMETER</c> expressions.</summary>
    public async Task<Result<ExpectationSuite>> ReadAsync(string path, JsonObject? parameters, CancellationToken ct)
    {
        try
        {
            return Read(await File.ReadAllBytesAsync(path, ct), path, parameters);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Problem("suite.missing", $"There is no suite '{path}'.", "Check the path; it is relative to the current folder.", ProblemKind.NotFound);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem("suite.io", $"The suite '{path}' cannot be read: {failure.Message}", "Check the file's permissions.");
        }
    }

    /// <summary>Reads the bytes of a file named <paramref name="path"/>.</summary>
    public Result<ExpectationSuite> Read(ReadOnlyMemory<byte> json, string path, JsonObject? parameters = null)
    {
        if (json.Span is [0xEF, 0xBB, 0xBF, ..])
            json = json[3..];
        try
        {
            var lines = new LineMap(json.Span);
            using var document = JsonDocument.Parse(json, Lenient);
            var errors = new List<ProblemDetail>();
            var suite = Suite(document.RootElement, new Place(path, lines, errors), parameters ?? []);
            return suite is null || errors.Count > 0
                ? new Problem("suite.invalid", $"The suite '{path}' has {errors.Count} error{(errors.Count == 1 ? "" : "s")}.", "Repair the lines named.").With(errors)
                : suite;
        }
        catch (JsonException failure)
        {
            var line = (int)(failure.LineNumber ?? 0) + 1;
            var what = failure.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            return new Problem("suite.syntax", $"The suite '{path}' is not JSON: {what}", $"Repair line {line}.").With([new(what, path, line)]);
        }
    }

    private ExpectationSuite? Suite(JsonElement root, Place place, JsonObject parameters)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return place.Error("", "A suite is an object with the keys 'name' and 'expectations'.");
        if (!root.TryGetProperty("expectations", out var list) || list.ValueKind != JsonValueKind.Array)
            return place.Error(".expectations", "The key 'expectations' with a list is missing.");
        var entries = list.EnumerateArray().ToList();
        var isOld = root.TryGetProperty("expectation_suite_name", out var name)
            || entries.Any(entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("expectation_type", out _));
        var version = isOld ? SuiteVersion.V0 : SuiteVersion.V1;
        if (name.ValueKind == JsonValueKind.Undefined)
            root.TryGetProperty("name", out name);
        if (name.ValueKind is not (JsonValueKind.String or JsonValueKind.Undefined or JsonValueKind.Null))
            place.Error(".name", "The name is a text.");
        var configs = entries.Select((entry, index) => Config(entry, $".expectations[{index}]", version, place, parameters)).ToList();
        return configs.Contains(null)
            ? null
            : new ExpectationSuite(name.ValueKind == JsonValueKind.String ? name.GetString()! : Path.GetFileNameWithoutExtension(place.File), version, configs!);
    }

    private ExpectationConfig? Config(JsonElement entry, string path, SuiteVersion version, Place place, JsonObject parameters)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return place.NoConfig(path, "An expectation is an object with the keys 'type' and 'kwargs'.");
        var key = version == SuiteVersion.V0 ? "expectation_type" : "type";
        if (!entry.TryGetProperty(key, out var type) || type.ValueKind != JsonValueKind.String)
            return place.NoConfig($"{path}.{key}", $"The key '{key}' with the expectation's name is missing.");
        JsonObject kwargs = [];
        if (entry.TryGetProperty("kwargs", out var given))
        {
            if (given.ValueKind != JsonValueKind.Object)
                return place.NoConfig($"{path}.kwargs", "The arguments are an object.");
            kwargs = JsonObject.Create(given.Clone())!;
        }

        var config = new ExpectationConfig(type.GetString()!, kwargs)
        {
            Id = entry.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null,
            Meta = entry.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object ? JsonObject.Create(meta.Clone())! : [],
        };
        foreach (var (argument, problem) in SuiteParameters.Resolve(config.Kwargs, parameters, clock))
            place.Error($"{path}.kwargs.{argument}", problem, argument);
        foreach (var (argument, problem) in catalogue.Check(config, version))
            place.Error($"{path}.kwargs.{argument}", problem, argument);
        return config;
    }

    private sealed record Place(string File, LineMap Lines, List<ProblemDetail> Errors)
    {
        internal ExpectationSuite? Error(string path, string message, string? key = null)
        {
            Errors.Add(new ProblemDetail(message, File, Lines.Of(path), key ?? path.TrimStart('.')));
            return null;
        }

        internal ExpectationConfig? NoConfig(string path, string message)
        {
            Error(path, message);
            return null;
        }
    }
}
