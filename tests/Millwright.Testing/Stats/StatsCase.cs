using System.Collections.Concurrent;
using System.Text.Json;

namespace Millwright.Testing.Stats;

/// <summary>A case of the format <c>stats-golden/1</c>: named inputs and parameters of a computation, and what a tool gave for them.</summary>
/// <param name="Topic">Topic of its file.</param>
/// <param name="Json">The case.</param>
public sealed record StatsCase(string Topic, JsonElement Json)
{
    private static readonly ConcurrentDictionary<string, (string Topic, Dictionary<string, JsonElement> Cases)> Files = new(StringComparer.Ordinal);

    /// <summary>Unique in its file.</summary>
    public string Name => Json.GetProperty("name").GetString()!;

    /// <summary>What to compute.</summary>
    public string Kind => Json.GetProperty("kind").GetString()!;

    /// <summary>Inputs by name.</summary>
    public JsonElement Inputs => Json.GetProperty("inputs");

    /// <summary>Parameters, named as in the tool.</summary>
    public JsonElement Parameters => Json.GetProperty("params");

    /// <summary>What the tool gave.</summary>
    public JsonElement Expected => Json.GetProperty("expected");

    /// <summary>Whether the tool refuses the inputs.</summary>
    public bool IsRefused => Expected.ValueKind == JsonValueKind.Object && Expected.TryGetProperty("error", out _);

    /// <summary>File and name of every case whose file's topic is wanted.</summary>
    public static IEnumerable<(string File, string Name)> Discover(Func<string, bool> topic) =>
        Directory.EnumerateFiles(Path.Combine(Golden.Area("stats"), "cases"), "*.json")
            .Order(StringComparer.Ordinal)
            .Where(path => topic(Load(path).Topic))
            .SelectMany(path => Load(path).Cases.Keys.Select(name => (Path.GetFileName(path), name)));

    /// <summary>One case.</summary>
    public static StatsCase Get(string file, string name)
    {
        var (topic, cases) = Load(Path.Combine(Golden.Area("stats"), "cases", file));
        return new StatsCase(topic, cases[name]);
    }

    /// <summary>Whether the kind, or the kind with the metric or method, stands in the visible list of what is not supported yet.</summary>
    public bool IsPending() => Golden.Pending("stats") is var pending
        && (pending.Contains(Kind) || ((Text("metric") ?? Text("method")) is { } detail && pending.Contains($"{Kind}/{detail}")) || pending.Contains(Name));

    /// <summary>A parameter as text, or null.</summary>
    public string? Text(string parameter) =>
        Parameters.TryGetProperty(parameter, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A parameter as number.</summary>
    public double Number(string parameter, double otherwise = double.NaN) =>
        Parameters.TryGetProperty(parameter, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;

    /// <summary>A parameter as truth value.</summary>
    public bool Flag(string parameter, bool otherwise = false) =>
        Parameters.TryGetProperty(parameter, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : otherwise;

    /// <summary>Whether an input is given.</summary>
    public bool Has(string input) => Inputs.TryGetProperty(input, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>An input as a column.</summary>
    public StatsColumn Column(string input) => StatsColumn.Read(Inputs.GetProperty(input));

    /// <summary>An input as columns by name, in order.</summary>
    public IReadOnlyList<(string Name, StatsColumn Column)> Table(string input)
    {
        var table = Inputs.GetProperty(input);
        if (!table.TryGetProperty("file", out _))
        {
            var columns = table.TryGetProperty("columns", out var inner) ? inner : table;
            return [.. columns.EnumerateObject().Select(column => (column.Name, StatsColumn.Read(column.Value)))];
        }

        return [.. table.GetProperty("columns").EnumerateArray().Select(name => (name.GetString()!, StatsColumn.ReadOf(table, name.GetString()!)))];
    }

    private static (string Topic, Dictionary<string, JsonElement> Cases) Load(string path) => Files.GetOrAdd(path, static path =>
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var format = json.RootElement.GetProperty("format").GetString();
        return format == "stats-golden/1"
            ? (json.RootElement.GetProperty("topic").GetString()!,
                json.RootElement.GetProperty("cases").EnumerateArray().ToDictionary(item => item.GetProperty("name").GetString()!, item => item.Clone(), StringComparer.Ordinal))
            : throw new InvalidDataException($"{path} has the unknown format '{format}'.");
    });
}
