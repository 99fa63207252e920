using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Validation.Expectations;

/// <summary>What an argument of an expectation may be; a predicate with the words to say when it does not hold.</summary>
/// <param name="Words">Such as "a text".</param>
/// <param name="Holds">Whether a value (never null) is one.</param>
internal sealed record ArgumentKind(string Words, Func<JsonNode, bool> Holds)
{
    /// <summary>Whether it is a choice of words; 0.x notices a wrong one only when the expectation runs.</summary>
    internal bool IsChoice { get; private init; }

    internal static readonly ArgumentKind Text = new("a text", node => Is(node, JsonValueKind.String));
    internal static readonly ArgumentKind Flag = new("true or false", node => Is(node, JsonValueKind.True, JsonValueKind.False));
    internal static readonly ArgumentKind Number = new("a number", node => Is(node, JsonValueKind.Number));
    internal static readonly ArgumentKind Whole = new("a whole number", node => Is(node, JsonValueKind.Number) && double.IsInteger(Arguments.Double(node)));
    internal static readonly ArgumentKind Bound = new("a number or a date", node => Is(node, JsonValueKind.Number) || TimeText.TryParse(node, out _));
    internal static readonly ArgumentKind Share = new("a number from 0 to 1", node => Is(node, JsonValueKind.Number) && Arguments.Double(node) is >= 0 and <= 1);
    internal static readonly ArgumentKind List = new("a list", node => node is JsonArray);
    internal static readonly ArgumentKind Texts = new("a list of texts", node => node is JsonArray list && list.All(item => item is not null && Is(item, JsonValueKind.String)));
    internal static readonly ArgumentKind Object = new("an object", node => node is JsonObject);
    internal static readonly ArgumentKind Any = new("a value", _ => true);

    internal static ArgumentKind OneOf(params string[] words) =>
        new($"one of {string.Join(", ", words)}", node => Is(node, JsonValueKind.String) && words.Contains(node.GetValue<string>())) { IsChoice = true };

    private static bool Is(JsonNode node, params ReadOnlySpan<JsonValueKind> kinds) => kinds.Contains(node.GetValueKind());
}

/// <summary>An argument that an expectation takes.</summary>
/// <param name="Name">The key in <c>kwargs</c>.</param>
/// <param name="Kind">What it may be.</param>
/// <param name="IsRequired">Whether a suite without it is wrong.</param>
internal sealed record ExpectationParameter(string Name, ArgumentKind Kind, bool IsRequired = false);
