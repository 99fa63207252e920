using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Sdk;

/// <summary>Values as they stand in plans and step contexts.</summary>
internal static class SdkJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static JsonNode? Write<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    public static T Read<T>(JsonNode? value) => value.Deserialize<T>(Options)!;
}
