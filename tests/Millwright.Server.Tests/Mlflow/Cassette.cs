using System.Text.Json;
using System.Text.RegularExpressions;
using Millwright.Testing;

namespace Millwright.Server.Tests.Mlflow;

/// <summary>A recorded conversation of the real client with the real server.</summary>
internal sealed partial class Cassette(string name, IReadOnlyList<JsonElement> exchanges)
{
    // Marks a text that was recorded as a bare word.
    private const string Mark = "bare\u241f";

    public string Name => name;

    public IReadOnlyList<JsonElement> Exchanges => exchanges;

    /// <summary>Every cassette below the golden folder, wherever it lies in it.</summary>
    public static IEnumerable<string> Names() => Directory.Exists(Golden.Area("mlflow"))
        ? Directory.EnumerateFiles(Golden.Area("mlflow"), "*.json", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)
        : [];

    public static Cassette Load(string name)
    {
        var path = Directory.EnumerateFiles(Golden.Area("mlflow"), name + ".json", SearchOption.AllDirectories).First();
        using var document = JsonDocument.Parse(QuoteBare(File.ReadAllText(path)));
        return new Cassette(name, [.. document.RootElement.EnumerateArray().Select(exchange => exchange.Clone())]);
    }

    /// <summary>The JSON text with NaN and Infinity bare again, as Python sends them.</summary>
    public static string Bare(string json) => json
        .Replace($"\"{Mark}NaN\"", "NaN", StringComparison.Ordinal)
        .Replace($"\"{Mark}Infinity\"", "Infinity", StringComparison.Ordinal)
        .Replace($"\"{Mark}-Infinity\"", "-Infinity", StringComparison.Ordinal);

    private static string QuoteBare(string json) => BareWord().Replace(json, match => match.Groups[1].Success ? $"\"{Mark}{match.Groups[1].Value}\"" : match.Value);

    // A text as a whole, or a bare word between texts.
    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|(-?Infinity|NaN)")]
    private static partial Regex BareWord();
}
