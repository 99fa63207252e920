using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Millwright.Server.Tests.Mlflow;

/// <summary>
/// Sends recorded requests and compares the answers structurally: status and error code count, the text of error messages does not.
/// Where the recorded server failed with a 500 at what is the caller's fault, any 4xx with an error code is right.
/// </summary>
internal sealed class Replay(HttpClient http)
{
    private static readonly HashSet<string> Unordered = ["tags", "params", "aliases", "files"];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Placeholders _placeholders = new();

    /// <summary>The differences of one exchange.</summary>
    public async Task<List<string>> GoAsync(JsonElement exchange)
    {
        var (asked, wanted) = (exchange.GetProperty("request"), exchange.GetProperty("response"));
        using var request = Request(asked);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        var differences = new List<string>();
        Compare(wanted, (int)response.StatusCode, body, request.Method == HttpMethod.Head, differences);
        return differences;
    }

    private HttpRequestMessage Request(JsonElement asked)
    {
        var target = _placeholders.Fill(asked.GetProperty("path").GetString()!);
        var query = string.Join('&', asked.GetProperty("query").EnumerateArray()
            .Select(pair => $"{Escape(pair[0].GetString()!)}={Escape(_placeholders.Fill(pair[1].GetString()!))}"));
        // The paths are sent as they are: ".." and "//" must reach the server.
        var address = new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + target + (query.Length == 0 ? "" : "?" + query),
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(asked.GetProperty("method").GetString()!), address);
        if (Body(asked.GetProperty("body")) is { } body)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var header in asked.GetProperty("headers").EnumerateObject())
        {
            var value = _placeholders.Fill(header.Value.GetString()!);
            if (header.Name == "content-type")
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header.Name, value);
            }
        }

        return request;
    }

    private byte[]? Body(JsonElement body) =>
        body.ValueKind is JsonValueKind.Null ? null
        : body.TryGetProperty("json", out var json) ? Encoding.UTF8.GetBytes(Cassette.Bare(_placeholders.Fill(json)?.ToJsonString(Relaxed) ?? "null"))
        : body.TryGetProperty("text", out var text) ? Encoding.UTF8.GetBytes(_placeholders.Fill(text.GetString()!))
        : body.TryGetProperty("base64", out var base64) ? base64.GetBytesFromBase64()
        : Encoding.ASCII.GetBytes(new string('x', body.GetProperty("length").GetInt32()));

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private void Compare(JsonElement wanted, int status, byte[] body, bool isHead, List<string> differences)
    {
        var (expected, content) = (wanted.GetProperty("status").GetInt32(), wanted.GetProperty("body"));
        if (expected == 500 && status is >= 400 and < 500 && Parse(body) is { } error && error.TryGetProperty("error_code", out _))
        {
            return;
        }

        if (status != expected)
        {
            differences.Add($"status: want {expected} got {status} {Text(body)}");
            return;
        }

        var type = wanted.GetProperty("content-type").ValueKind is JsonValueKind.String ? wanted.GetProperty("content-type").GetString()! : "";
        if (content.ValueKind is JsonValueKind.Null)
        {
            if (!isHead && body.Length > 0 && Text(body) != "{}")
            {
                differences.Add($"body: want none got {Text(body)}");
            }
        }
        else if (content.TryGetProperty("json", out var json))
        {
            if (Parse(body) is { } got)
            {
                Same(json, got, "", "", differences);
            }
            else
            {
                differences.Add($"body: not JSON {Text(body)}");
            }
        }
        else if (!(type.StartsWith("text/html", StringComparison.Ordinal) && expected >= 400))
        {
            CompareBytes(content, body, differences);
        }
    }

    private void CompareBytes(JsonElement content, byte[] body, List<string> differences)
    {
        if (content.TryGetProperty("text", out var text) && !SameText(text.GetString()!, Encoding.UTF8.GetString(body)))
        {
            differences.Add($"body: want {text.GetString()} got {Text(body)}");
        }

        if (content.TryGetProperty("base64", out var base64) && !base64.GetBytesFromBase64().AsSpan().SequenceEqual(body))
        {
            differences.Add("body: other bytes");
        }
    }

    private void Same(JsonElement wanted, JsonElement got, string at, string key, List<string> differences)
    {
        switch (wanted.ValueKind)
        {
            case JsonValueKind.String when wanted.GetString() is "{{time}}":
                if (got.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
                {
                    differences.Add($"{at}: no time but {got}");
                }

                break;
            case JsonValueKind.String when key == "message":
                break;
            case JsonValueKind.String when got.ValueKind is JsonValueKind.String or JsonValueKind.Number && SameText(wanted.GetString()!, got.ToString()) && (got.ValueKind is JsonValueKind.String || Placeholders.Any(wanted.GetString()!)):
                break;
            case JsonValueKind.Object when got.ValueKind is JsonValueKind.Object:
                SameFields(wanted, got, at, differences);
                break;
            case JsonValueKind.Array when got.ValueKind is JsonValueKind.Array && wanted.GetArrayLength() == got.GetArrayLength():
                SameItems(wanted, got, at, key, differences);
                break;
            case JsonValueKind.Number when got.ValueKind is JsonValueKind.Number && SameNumber(wanted, got):
                break;
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null when wanted.ValueKind == got.ValueKind:
                break;
            default:
                differences.Add($"{at}: want {Cut(wanted.GetRawText())} got {Cut(got.GetRawText())}");
                break;
        }
    }

    private void SameFields(JsonElement wanted, JsonElement got, string at, List<string> differences)
    {
        foreach (var field in wanted.EnumerateObject())
        {
            if (got.TryGetProperty(field.Name, out var value))
            {
                Same(field.Value, value, $"{at}.{field.Name}", field.Name, differences);
            }
            else
            {
                differences.Add($"{at}.{field.Name}: missing, want {Cut(field.Value.GetRawText())}");
            }
        }

        differences.AddRange(got.EnumerateObject()
            .Where(field => !wanted.TryGetProperty(field.Name, out _))
            .Select(field => $"{at}.{field.Name}: extra {Cut(field.Value.GetRawText())}"));
    }

    private void SameItems(JsonElement wanted, JsonElement got, string at, string key, List<string> differences)
    {
        var (left, right) = (wanted.EnumerateArray(), got.EnumerateArray());
        var pairs = Unordered.Contains(key) ? left.OrderBy(Order, StringComparer.Ordinal).Zip(right.OrderBy(Order, StringComparer.Ordinal)) : left.Zip(right);
        foreach (var (index, (first, second)) in pairs.Index())
        {
            Same(first, second, $"{at}[{index}]", "", differences);
        }
    }

    private static string Order(JsonElement item) => item.ValueKind is JsonValueKind.Object
        ? string.Join('\u0001', ((string[])["key", "alias", "path"]).Select(name => item.TryGetProperty(name, out var value) ? value.ToString() : ""))
        : item.GetRawText();

    private bool SameText(string wanted, string got) => Placeholders.Any(wanted) ? _placeholders.Match(wanted, got) : wanted == got;

    // Whole numbers must be exact, beyond what a double holds.
    private static bool SameNumber(JsonElement wanted, JsonElement got) =>
        wanted.TryGetInt64(out var left) && got.TryGetInt64(out var right) ? left == right
        : double.Parse(wanted.GetRawText(), CultureInfo.InvariantCulture).Equals(double.Parse(got.GetRawText(), CultureInfo.InvariantCulture));

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(byte[] body) => Cut(Encoding.UTF8.GetString(body));

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
