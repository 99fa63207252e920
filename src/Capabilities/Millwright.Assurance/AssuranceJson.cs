using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Abstractions.Results;

namespace Millwright.Assurance;

/// <summary>How reports are written: snake case, indented, stable order; a number that is not one is null.</summary>
internal static class AssuranceJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteNumber() },
    };

    /// <summary>Writes a report beside its place and renames it there.</summary>
    internal static async Task WriteAsync<T>(string path, T report, CancellationToken ct)
    {
        var beside = path + ".part";
        await File.WriteAllTextAsync(beside, JsonSerializer.Serialize(report, Options) + "\n", ct);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads a report; anything else is a problem that names the file.</summary>
    internal static async Task<Result<T>> ReadAsync<T>(string path, string what, CancellationToken ct)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(await File.ReadAllBytesAsync(path, ct), Options) is { } report
                ? report
                : Malformed(path, what, "it is empty.", null);
        }
        catch (JsonException failure)
        {
            return Malformed(path, what, failure.Message, (int)(failure.LineNumber ?? 0) + 1);
        }
    }

    private static Problem Malformed(string path, string what, string found, int? line) =>
        new Problem("report.malformed", $"'{Path.GetFileName(path)}' is not {what}.", "Give the output of the action that makes it.")
            .With([new ProblemDetail(found, Path.GetFileName(path), line)]);

    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
