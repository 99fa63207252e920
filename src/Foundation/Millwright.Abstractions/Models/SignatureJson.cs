using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Models;

/// <summary>
/// <see cref="ModelFiles.Signature"/>: <c>{"inputs": [{"name", "type", "required"}], "outputs": […], "classes": […], "threshold"}</c>.
/// </summary>
public static class SignatureJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The file's text; equal signatures give equal text.</summary>
    public static string Write(ModelSignature signature)
    {
        var json = new JsonObject { ["inputs"] = Columns(signature.Inputs), ["outputs"] = Columns(signature.Outputs) };
        if (!signature.Classes.IsEmpty)
        {
            json["classes"] = new JsonArray([.. signature.Classes.Select(name => JsonValue.Create(name))]);
            json["threshold"] = signature.Threshold;
        }

        return json.ToJsonString(Indented) + "\n";
    }

    /// <summary>Reads the file of a model folder; a missing or malformed file is a problem that names it.</summary>
    public static Result<ModelSignature> Read(string modelFolder)
    {
        var path = Path.Combine(modelFolder, ModelFiles.Signature);
        if (!File.Exists(path))
        {
            return new Problem("signature.missing", $"The model folder has no {ModelFiles.Signature}.", "Make it with the 'features' step, or write inputs and outputs by hand.");
        }

        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            return new Problem("signature.malformed", $"{ModelFiles.Signature} is not a signature: {failure.Message}", "Make it again with the 'features' step.");
        }
    }

    /// <summary>Reads the file's text; malformed text throws <see cref="JsonException"/>, <see cref="FormatException"/> or <see cref="InvalidOperationException"/>.</summary>
    public static ModelSignature Parse(string text)
    {
        var json = JsonNode.Parse(text)?.AsObject() ?? throw new FormatException("it is empty.");
        return new ModelSignature(Columns(json, "inputs"), Columns(json, "outputs"))
        {
            Classes = json["classes"] is JsonArray classes ? [.. classes.Select(name => name?.GetValue<string>() ?? "")] : [],
            Threshold = json["threshold"]?.GetValue<double>() ?? 0.5,
        };
    }

    private static JsonArray Columns(ImmutableArray<SignatureColumn> columns) => new([.. columns.Select(column => (JsonNode)new JsonObject
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["required"] = column.Required,
    })]);

    private static ImmutableArray<SignatureColumn> Columns(JsonObject json, string key) =>
        json[key] is JsonArray columns ? [.. columns.Select(Column)] : throw new FormatException($"'{key}' is missing or not a list.");

    private static SignatureColumn Column(JsonNode? node) =>
        node?["name"]?.GetValue<string>() is { } name && node["type"]?.GetValue<string>() is ("double" or "long" or "boolean" or "string") and var type
            ? new SignatureColumn(name, type, node["required"]?.GetValue<bool>() ?? true)
            : throw new FormatException($"{node?.ToJsonString() ?? "null"} is not a column with name and type (double, long, boolean or string).");
}
