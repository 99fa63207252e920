using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Server.Identity;

namespace Millwright.Server.Mlflow;

/// <summary>
/// The fields of a request of MLflow's protocol, from the JSON body or, for GET, from the query. Reading a field of the wrong type, or
/// requiring one that is missing, notes the first <see cref="Problem"/>; a call reads what it needs and then looks at it once.
/// </summary>
internal sealed class MlflowRequest : IDisposable
{
    private readonly JsonDocument? _body;
    private readonly IQueryCollection? _query;

    private MlflowRequest(HttpContext http, JsonDocument? body, IQueryCollection? query) => (Http, _body, _query) = (http, body, query);

    /// <summary>The request as it came.</summary>
    public HttpContext Http { get; }

    /// <summary>Who asks.</summary>
    public Actor Actor => Http.GetActor();

    /// <summary>The first thing that is wrong, or null.</summary>
    public Problem? Problem { get; private set; }

    private Dictionary<string, JsonElement>? Fields { get; init; }

    /// <summary>Reads a request to its end. Broken JSON has no fields; a body that is not an object, or is of another type, is a problem.</summary>
    public static async Task<Result<MlflowRequest>> ReadAsync(HttpContext http, CancellationToken ct)
    {
        var isGet = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!isGet && !HttpMethods.IsDelete(http.Request.Method) && CheckContentType(http.Request.ContentType) is { } wrong)
        {
            return wrong;
        }

        if (isGet && http.Request.Query.Count > 0)
        {
            return new MlflowRequest(http, null, http.Request.Query);
        }

        var body = Parse(await ReadBodyAsync(http, ct));
        if (body is not null && body.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            body.Dispose();
            return Bad("The request body must be a JSON object.", "Send {\"field\": value, …}.");
        }

        return new MlflowRequest(http, body, null) { Fields = FieldsOf(body) };
    }

    /// <summary>A text; missing, null and values that are no text where <paramref name="lenient"/> give null.</summary>
    public string? Text(string field, bool required = false, bool lenient = false)
    {
        string? text = null;
        if (_query is not null)
        {
            text = _query[field] is [{ } first, ..] ? first : null;
        }
        else if (Element(field) is { } element)
        {
            text = TextOf(element, field, lenient);
        }

        if (required && string.IsNullOrEmpty(text))
        {
            Missing(field);
        }

        return text;
    }

    /// <summary>A text that must be there and not empty; empty after a problem was noted.</summary>
    public string Required(string field) => Text(field, required: true) ?? "";

    /// <summary>The run's id under either of its two names.</summary>
    public string RunId() => Text("run_id") is { Length: > 0 } id ? id : Text("run_uuid") is { Length: > 0 } old ? old : Required("run_id");

    /// <summary>A whole number; text of digits is one. Fractions and what does not fit count as not given, as in the protocol's own parser.</summary>
    public long? Integer(string field, bool required = false)
    {
        if (Raw(field) is not { } element)
        {
            if (required)
            {
                Missing(field);
            }

            return null;
        }

        var value = IntegerOf(element);
        if (value is null && element.ValueKind is not (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
        {
            Wrong(element, field);
        }

        return value;
    }

    /// <summary>A number; <c>"NaN"</c> and <c>"Infinity"</c> are some, true is 1.</summary>
    public double? Number(string field, bool required = false)
    {
        if (Raw(field) is not { } element)
        {
            if (required)
            {
                Missing(field);
            }

            return null;
        }

        return NumberOf(element, field);
    }

    /// <summary>True or false, as JSON writes them.</summary>
    public bool? Flag(string field)
    {
        switch (Raw(field))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True or JsonValueKind.False } flag:
                return flag.GetBoolean();
            case { } other:
                Wrong(other, field);
                return null;
        }
    }

    /// <summary>A list of texts; the repeated values of a query; a single text where <paramref name="single"/> allows it.</summary>
    public IReadOnlyList<string> Texts(string field, bool single = false)
    {
        if (_query is not null)
        {
            return [.. _query[field].OfType<string>()];
        }

        if (Raw(field) is not { } element)
        {
            return [];
        }

        if (single && element.ValueKind is JsonValueKind.String)
        {
            return [element.GetString()!];
        }

        if (element.ValueKind is not JsonValueKind.Array || element.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
        {
            Wrong(element, field);
            return [];
        }

        return [.. element.EnumerateArray().Select(item => TextOf(item, field, lenient: false) ?? "")];
    }

    /// <summary>A list of objects, each read by <paramref name="read"/> with its place, such as <c>metrics[0]</c>.</summary>
    public List<T> Objects<T>(string field, Func<MlflowRequest, string, T> read, bool lenient = false)
    {
        var items = new List<T>();
        if (Raw(field) is not { } element)
        {
            return items;
        }

        if (element.ValueKind is not JsonValueKind.Array || element.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.Object))
        {
            if (!lenient)
            {
                Wrong(element, field);
            }

            return items;
        }

        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            items.Add(Inside(item, $"{field}[{index++}].", read));
        }

        return items;
    }

    /// <summary>An object inside this one, or null.</summary>
    public T? Nested<T>(string field, Func<MlflowRequest, string, T> read)
        where T : class => Raw(field) is { ValueKind: JsonValueKind.Object } element ? Inside(element, field + ".", read) : null;

    /// <summary>Notes a missing field.</summary>
    public void Missing(string field) => Note(Bad(
        $"Missing value for required parameter '{Place}{field}'. See the API docs for more information about request parameters.", $"Give '{Place}{field}' a value."));

    /// <summary>Notes a problem; the first one stays.</summary>
    public void Note(Problem problem) => Problem ??= problem;

    /// <inheritdoc/>
    public void Dispose() => _body?.Dispose();

    private string Place { get; init; } = "";

    private T Inside<T>(JsonElement element, string place, Func<MlflowRequest, string, T> read)
    {
        var inner = new MlflowRequest(Http, null, null) { Fields = FieldsOf(element), Place = Place + place };
        var value = read(inner, Place + place);
        if (inner.Problem is { } problem)
        {
            Note(problem);
        }

        return value;
    }

    private JsonElement? Element(string field) =>
        Fields?.TryGetValue(field, out var element) is true && element.ValueKind is not JsonValueKind.Null ? element : null;

    // A query's value looks like a JSON text, so that both are read alike.
    private JsonElement? Raw(string field) =>
        _query is null ? Element(field)
        : _query[field] is [{ Length: > 0 } first, ..] ? JsonElementOf(first)
        : null;

    private string? TextOf(JsonElement element, string field, bool lenient)
    {
        if (element.ValueKind is not JsonValueKind.String)
        {
            if (!lenient)
            {
                Wrong(element, field);
            }

            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is JSON, but no text.
            Note(Bad($"Invalid value for parameter '{Place}{field}' supplied: it is not Unicode text.", "Send whole characters."));
            return null;
        }
    }

    private double? NumberOf(JsonElement element, string field)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return double.Parse(element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
            case JsonValueKind.True or JsonValueKind.False:
                return element.ValueKind is JsonValueKind.True ? 1 : 0;
            case JsonValueKind.String when double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value):
                return value;
            default:
                Wrong(element, field);
                return null;
        }
    }

    private static long? IntegerOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : null,
        JsonValueKind.String => long.TryParse(element.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var digits) ? digits : null,
        _ => null,
    };

    private void Wrong(JsonElement element, string field)
    {
        var type = element.ValueKind switch
        {
            JsonValueKind.String => "str",
            JsonValueKind.Array => "list",
            JsonValueKind.Object => "dict",
            JsonValueKind.True or JsonValueKind.False => "bool",
            _ => element.GetRawText().AsSpan().ContainsAny(".eE") ? "float" : "int",
        };
        Note(Bad(
            $"Invalid value {element.GetRawText()} for parameter '{Place}{field}' supplied:  Hint: Value was of type '{type}'. See the API docs for more information about request parameters.",
            $"Look up the type of '{Place}{field}'."));
    }

    private static Problem Bad(string message, string fix) => new("request.invalid", message, fix);

    private static Problem? CheckContentType(string? type) =>
        type is null ? Bad("Bad Request. Content-Type header is missing.", "Send Content-Type: application/json.")
        : type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) ? null
        : Bad("Bad Request. Content-Type must be one of ['application/json'].", "Send Content-Type: application/json.");

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext http, CancellationToken ct)
    {
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(http.Request.ContentLength ?? 0, 256, 1 << 20));
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer.GetMemory(), ct)) > 0)
        {
            buffer.Advance(read);
        }

        return buffer.WrittenMemory;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty || !System.Text.Unicode.Utf8.IsValid(body.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return ParseWithNames(body.Span);
        }
    }

    // Python writes NaN and Infinity as bare words.
    private static JsonDocument? ParseWithNames(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (!text.Contains("NaN", StringComparison.Ordinal) && !text.Contains("Infinity", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(BareNumbers.Quote(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, JsonElement>? FieldsOf(JsonDocument? document) =>
        document?.RootElement is { ValueKind: JsonValueKind.Object } root ? FieldsOf(root) : null;

    private static Dictionary<string, JsonElement> FieldsOf(JsonElement element)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            fields[property.Name] = property.Value;
        }

        return fields;
    }

    private static JsonElement JsonElementOf(string text)
    {
        using var document = JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"");
        return document.RootElement.Clone();
    }
}
