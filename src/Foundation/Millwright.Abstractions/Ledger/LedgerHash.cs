using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Millwright.Abstractions.Identity;

namespace Millwright.Abstractions.Ledger;

/// <summary>The canonical form of events, over which the chain's hashes go.</summary>
public static class LedgerHash
{
    /// <summary>The <c>prev</c> of the first event.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly JsonWriterOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>How a time is written: UTC with seven decimals, so that text order is time order.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A body as compact JSON without escaping of non-ASCII text.</summary>
    public static string Text(System.Text.Json.Nodes.JsonObject body)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Canonical))
        {
            body.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// SHA-256 of the UTF-8 JSON array <c>[seq, id, at, actor, kind, subject, [inputs], [outputs], body text, prev]</c>, lower-case hexadecimal.
    /// </summary>
    public static string Compute(
        long seq, string id, string at, string actor, string kind, string subject,
        ImmutableArray<Subject> inputs, ImmutableArray<Subject> outputs, string body, string prev)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Canonical))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(seq);
            writer.WriteStringValue(id);
            writer.WriteStringValue(at);
            writer.WriteStringValue(actor);
            writer.WriteStringValue(kind);
            writer.WriteStringValue(subject);
            WriteAll(writer, inputs);
            WriteAll(writer, outputs);
            writer.WriteStringValue(body);
            writer.WriteStringValue(prev);
            writer.WriteEndArray();
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The hash that a stored event should have.</summary>
    public static string Compute(LedgerEvent stored) => Compute(
        stored.Seq, stored.Id, Time(stored.At), stored.Actor.Name, stored.Kind, stored.Subject.ToString(),
        stored.Inputs, stored.Outputs, stored.Body, stored.Prev);

    private static void WriteAll(Utf8JsonWriter writer, ImmutableArray<Subject> subjects)
    {
        writer.WriteStartArray();
        foreach (var subject in subjects)
        {
            writer.WriteStringValue(subject.ToString());
        }

        writer.WriteEndArray();
    }
}
