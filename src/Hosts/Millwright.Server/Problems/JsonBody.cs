using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Millwright.Abstractions.Results;

namespace Millwright.Server.Problems;

/// <summary>Reads a request's JSON object; whatever is wrong with it is a problem that names the key.</summary>
public static class JsonBody
{
    private const string Fix = "Compare the body with /openapi/v1.json.";

    private static readonly JsonDocument Empty = JsonDocument.Parse("{}");

    /// <summary>The body as a record. Without a body, an object without keys; every unknown and every missing key is named at once.</summary>
    public static async Task<Result<T>> ReadBodyAsync<T>(this HttpContext context, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        // A page of another site can post without a preflight, but not with this type.
        if (!context.Request.HasJsonContentType())
        {
            return new Problem("body.type", $"The body's type is '{context.Request.ContentType}', not JSON.", "Send 'Content-Type: application/json'.");
        }

        try
        {
            if (context.Request.ContentLength is 0)
            {
                return Read(Empty.RootElement, type);
            }

            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, ct);
            return Read(body.RootElement, type);
        }
        catch (JsonException malformed)
        {
            return new Problem("body.malformed", $"The body is not JSON: {Sentence(malformed)}", Fix);
        }
    }

    private static Result<T> Read<T>(JsonElement body, JsonTypeInfo<T> type)
        where T : class
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return new Problem("body.kind", $"The body is {Word(body)}, not an object.", Fix);
        }

        var errors = Keys(body, type).ToList();
        if (errors.Count > 0)
        {
            return new Problem("body.keys", $"The body does not fit: {string.Join("; ", errors)}.", Fix).With(errors);
        }

        try
        {
            return body.Deserialize(type)!;
        }
        catch (JsonException wrong)
        {
            var key = wrong.Path is ['$', '.', .. var path] ? path : wrong.Path ?? "";
            return new Problem("body.value", $"The body does not fit: {key}: {Expected(body, type, key)}.", Fix).With([new ProblemDetail(Sentence(wrong), Key: key)]);
        }
    }

    private static IEnumerable<ProblemDetail> Keys(JsonElement body, JsonTypeInfo type)
    {
        var known = type.Properties.Select(property => property.Name).ToList();
        foreach (var given in body.EnumerateObject().Where(given => !known.Contains(given.Name, StringComparer.OrdinalIgnoreCase)))
        {
            yield return new ProblemDetail($"there is no such key{Nearest.Hint(given.Name, known)}", Key: given.Name);
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !body.EnumerateObject().Any(given => given.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase))))
        {
            yield return new ProblemDetail("is missing", Key: missing.Name);
        }
    }

    private static string Expected(JsonElement body, JsonTypeInfo type, string key)
    {
        var property = type.Properties.FirstOrDefault(property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase));
        var given = body.EnumerateObject().FirstOrDefault(given => given.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
        return property is null || given.ValueKind is JsonValueKind.Undefined
            ? "the value is of another kind than expected"
            : $"expected {Word(property.PropertyType)}, found {Word(given)}";
    }

    /// <summary>A kind of value in people's words.</summary>
    internal static string Word(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false",
        TypeCode.String => "a text",
        _ => "a list",
    };

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => $"the text '{Short(value.GetString()!)}'",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";

    // Up to the place, which the framework appends in words of its own.
    private static string Sentence(JsonException wrong)
    {
        var text = wrong.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
        return wrong.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"{text} (line {line + 1})") : text;
    }
}
