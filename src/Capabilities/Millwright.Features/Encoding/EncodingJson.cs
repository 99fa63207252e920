using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Features.Encoding;

/// <summary>The file <c>encoding.json</c>; equal encodings give equal text.</summary>
internal static class EncodingJson
{
    internal const string Format = "millwright.encoding/1";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    internal static string Write(FeatureEncoding encoding)
    {
        var json = new JsonObject
        {
            ["format"] = Format,
            ["columns"] = new JsonArray([.. encoding.Columns.Select(Write)]),
        };
        if (encoding.Label is { } label)
        {
            json["label"] = new JsonObject { ["name"] = label.Name, ["classes"] = Texts(label.Classes) };
        }

        if (encoding.RowId is { } rowId)
        {
            json["row_id"] = rowId;
        }

        if (!encoding.Keep.IsEmpty)
        {
            json["keep"] = Texts(encoding.Keep);
        }

        return json.ToJsonString(Indented) + "\n";
    }

    /// <summary>Malformed text throws <see cref="JsonException"/>, <see cref="FormatException"/> or <see cref="InvalidOperationException"/>.</summary>
    internal static FeatureEncoding Read(string text)
    {
        var json = JsonNode.Parse(text)?.AsObject() ?? throw new FormatException("it is empty.");
        if (json["format"]?.GetValue<string>() is var format && format != Format)
        {
            throw new FormatException($"its format is '{format}', expected '{Format}'.");
        }

        return new FeatureEncoding([.. (json["columns"] as JsonArray ?? throw new FormatException("'columns' is missing.")).Select(ReadColumn)])
        {
            Label = json["label"] is { } label ? new EncodedLabel(Text(label, "name"), [.. Texts(label["classes"])]) : null,
            RowId = json["row_id"]?.GetValue<string>(),
            Keep = [.. Texts(json["keep"])],
        };
    }

    private static JsonNode Write(EncodedColumn column)
    {
        var json = new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["required"] = column.Required };
        if (column.IsText)
        {
            json["categories"] = Texts(column.Categories);
        }
        else
        {
            json["missing"] = column.Missing == MissingNumber.Zero ? "zero" : "nan";
        }

        return json;
    }

    private static EncodedColumn ReadColumn(JsonNode? json) => new(
        Text(json, "name"),
        Text(json, "type") is ("double" or "long" or "boolean" or "string") and var type ? type : throw new FormatException($"'{Text(json, "name")}' has an unknown type."),
        json?["required"]?.GetValue<bool>() ?? true)
    {
        Categories = [.. Texts(json?["categories"])],
        Missing = json?["missing"]?.GetValue<string>() == "zero" ? MissingNumber.Zero : MissingNumber.Nan,
    };

    private static string Text(JsonNode? json, string key) => json?[key]?.GetValue<string>() ?? throw new FormatException($"'{key}' is missing.");

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static IEnumerable<string> Texts(JsonNode? json) => json is JsonArray list ? list.Select(item => item?.GetValue<string>() ?? "") : [];
}
