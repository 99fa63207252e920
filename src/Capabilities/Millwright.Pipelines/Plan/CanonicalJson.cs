using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Pipelines.Plan;

/// <summary>
/// JSON whose text depends on its value alone: keys sorted (ordinal), no blanks, non-ASCII as it is, a number with an integral value
/// below 2^53 without point or exponent and any other as the shortest text that reads back the same.
/// </summary>
public static class CanonicalJson
{
    private const double LargestExact = 9007199254740992;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The canonical text.</summary>
    public static string Write(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                WriteValue(writer, node);
                break;
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonNode value)
    {
        if (value.GetValueKind() is not JsonValueKind.Number)
        {
            value.WriteTo(writer);
            return;
        }

        var text = value.ToJsonString();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            writer.WriteNumberValue(whole);
            return;
        }

        var number = double.Parse(text, CultureInfo.InvariantCulture);
        if (number == Math.Floor(number) && Math.Abs(number) < LargestExact)
        {
            writer.WriteNumberValue((long)number);
        }
        else
        {
            writer.WriteRawValue(number.ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
