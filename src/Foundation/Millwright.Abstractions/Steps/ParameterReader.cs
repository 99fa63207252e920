using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Steps;

/// <summary>Reads a step's parameters by type and collects what is wrong, so that all errors are reported together.</summary>
public sealed class ParameterReader(StepContext context)
{
    private readonly List<ProblemDetail> _wrong = [];

    /// <summary>Every error so far as one problem, or null.</summary>
    public Problem? Problem => _wrong.Count == 0
        ? null
        : new Problem("step.parameters", $"Step '{context.Step}' has wrong parameters.", "Correct them in the pipeline.").With(_wrong);

    /// <summary>A text; absent or null = empty.</summary>
    public string Text(string name) => context.Parameters[name] switch
    {
        null => "",
        JsonValue value => Plain(value),
        var other => Wrong(name, other, "a text", ""),
    };

    /// <summary>A text that may not be empty.</summary>
    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : Wrong(name, null, "a text", "");

    /// <summary>A list of texts; a text is split at commas, absent = empty.</summary>
    public IReadOnlyList<string> Texts(string name) => context.Parameters[name] switch
    {
        null => [],
        JsonArray list when list.All(item => item is JsonValue) => [.. list.Select(item => Plain(item!.AsValue()))],
        JsonValue value => Plain(value).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        var other => Wrong<IReadOnlyList<string>>(name, other, "a list of texts", []),
    };

    /// <summary>A whole number in [<paramref name="least"/>, <paramref name="most"/>].</summary>
    public int Integer(string name, int least = int.MinValue, int most = int.MaxValue)
    {
        var node = context.Parameters[name];
        return node is JsonValue value && int.TryParse(Plain(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Wrong(name, node, $"a whole number {Range(least, most)}", 0);
    }

    /// <summary>A number in [<paramref name="least"/>, <paramref name="most"/>].</summary>
    public double Number(string name, double least = double.MinValue, double most = double.MaxValue)
    {
        var node = context.Parameters[name];
        return node is JsonValue value && double.TryParse(Plain(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Wrong(name, node, $"a number {Range(least, most)}", 0d);
    }

    /// <summary>One of the given words.</summary>
    public string OneOf(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name);
        return words.Contains(text) ? text : Wrong(name, context.Parameters[name], $"one of {string.Join(", ", words.ToArray())}", words[0]);
    }

    private static string Plain(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static string Range<T>(T least, T most)
        where T : struct, IMinMaxValue<T>, IComparable<T> => (least.CompareTo(T.MinValue) > 0, most.CompareTo(T.MaxValue) < 0) switch
        {
            (true, true) => $"from {least} to {most}",
            (true, false) => $"of at least {least}",
            (false, true) => $"of at most {most}",
            _ => "",
        };

    private T Wrong<T>(string name, JsonNode? found, string expected, T instead)
    {
        _wrong.Add(new ProblemDetail($"expected {expected.TrimEnd()}, found {found?.ToJsonString() ?? "nothing"}", Key: name));
        return instead;
    }
}
