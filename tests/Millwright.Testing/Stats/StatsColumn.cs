using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Millwright.Testing.Stats;

/// <summary>A column of a case: inline, or rows of a column of a data file with steps applied. Values are double, string or null (missing).</summary>
/// <param name="Values">In order.</param>
public sealed record StatsColumn(IReadOnlyList<object?> Values)
{
    private static readonly ConcurrentDictionary<string, Dictionary<string, object?[]>> Files = new(StringComparer.Ordinal);

    /// <summary>Whether every value that is there is a number.</summary>
    public bool IsNumeric => Values.All(value => value is null or double);

    /// <summary>The numbers; missing = NaN.</summary>
    public double[] Numbers => [.. Values.Select(value => value is null ? double.NaN : (double)value)];

    /// <summary>The numbers that are there.</summary>
    public double[] Present => [.. Numbers.Where(value => !double.IsNaN(value))];

    /// <summary>The values as texts; missing = null.</summary>
    public string?[] Texts => [.. Values.Select(value => value switch { null => null, double number => number.ToString("R", CultureInfo.InvariantCulture), var text => (string)text })];

    /// <summary>Reads a list, or <c>{file, column, rows, steps}</c>.</summary>
    public static StatsColumn Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return new StatsColumn([.. json.EnumerateArray().Select(Value)]);
        }

        return FromFile(json, json.GetProperty("column").GetString()!, json.TryGetProperty("steps", out var steps) ? steps : default);
    }

    /// <summary>A column of <c>{file, columns, rows, steps: {column: […]}}</c>.</summary>
    public static StatsColumn ReadOf(JsonElement table, string column) => FromFile(
        table, column, table.TryGetProperty("steps", out var steps) && steps.TryGetProperty(column, out var own) ? own : default);

    private static StatsColumn FromFile(JsonElement json, string column, JsonElement steps)
    {
        var values = Files.GetOrAdd(json.GetProperty("file").GetString()!, ReadFile)[column];
        IEnumerable<object?> rows = values;
        if (json.TryGetProperty("rows", out var range) && range.ValueKind == JsonValueKind.Array)
        {
            rows = values[range[0].GetInt32()..Math.Min(values.Length, range[1].GetInt32())];
        }

        if (steps.ValueKind == JsonValueKind.Array)
        {
            foreach (var step in steps.EnumerateArray())
            {
                rows = Apply([.. rows], step);
            }
        }

        return new StatsColumn([.. rows]);
    }

    private static IEnumerable<object?> Apply(object?[] rows, JsonElement step)
    {
        double Of(string key) => step.GetProperty(key).GetDouble();
        var every = step.TryGetProperty("k", out var k) ? k.GetInt32() : 1;
        var offset = step.TryGetProperty("offset", out var o) ? o.GetInt32() : 0;
        IEnumerable<object?> Map(Func<double, double> map) => rows.Select(value => value is double number ? map(number) : value);
        return step.GetProperty("op").GetString() switch
        {
            "mul" => Map(value => value * Of("by")),
            "add" => Map(value => value + Of("by")),
            "floor" => Map(Math.Floor),
            "log1p" => Map(value => double.LogP1(value)),
            "clip" => Map(value => Math.Clamp(
                value,
                step.TryGetProperty("min", out var min) && min.ValueKind == JsonValueKind.Number ? min.GetDouble() : double.NegativeInfinity,
                step.TryGetProperty("max", out var max) && max.ValueKind == JsonValueKind.Number ? max.GetDouble() : double.PositiveInfinity)),
            "above" => rows.Select(value => (object?)(value is double number && number > Of("value") ? 1.0 : 0.0)),
            "equals" => rows.Select(value => (object?)(Equals(value, Value(step.GetProperty("value"))) ? 1.0 : 0.0)),
            "every" => rows.Where((_, row) => row % every == offset),
            "missing_every" => rows.Select((value, row) => row % every == offset ? null : value),
            "replace_every" => rows.Select((value, row) => row % every == offset ? Value(step.GetProperty("value")) : value),
            "dropna" => rows.Where(value => value is not null),
            "text" => rows.Select(value => value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : value),
            var unknown => throw new InvalidDataException($"Unknown step '{unknown}'."),
        };
    }

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => 1.0,
        JsonValueKind.False => 0.0,
        _ => json.GetString() switch
        {
            "NaN" => null,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => text,
        },
    };

    private static Dictionary<string, object?[]> ReadFile(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden.Area("stats"), "datasets.json")));
        var shape = json.RootElement.GetProperty("datasets").GetProperty(file);
        var trim = shape.GetProperty("trim").GetBoolean();
        var missing = shape.GetProperty("missing").EnumerateArray().Select(token => token.GetString()!).ToHashSet(StringComparer.Ordinal);
        var lines = File.ReadLines(Golden.Data(file)).Where(line => line.Length > 0).Skip(shape.GetProperty("header").GetBoolean() ? 1 : 0).Select(line => Cells(line, trim)).ToArray();
        return shape.GetProperty("columns").EnumerateArray().Select((column, index) => (Column: column, Index: index)).ToDictionary(
            item => item.Column.GetProperty("name").GetString()!,
            item => lines.Select(cells => missing.Contains(cells[item.Index])
                ? null
                : item.Column.GetProperty("type").GetString() == "string" ? (object?)cells[item.Index] : double.Parse(cells[item.Index], CultureInfo.InvariantCulture)).ToArray(),
            StringComparer.Ordinal);
    }

    private static List<string> Cells(string line, bool trim)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '"' when quoted && i + 1 < line.Length && line[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                case ' ' when trim && !quoted && cell.Length == 0:
                    break;
                default:
                    cell.Append(line[i]);
                    break;
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
