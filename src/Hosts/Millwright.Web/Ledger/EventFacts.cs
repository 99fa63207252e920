using System.Text.Json;

namespace Millwright.Web.Ledger;

/// <summary>What an event tells, in one line: its first plain facts. The event's page has all of them.</summary>
internal static class EventFacts
{
    private const int Most = 3;
    private const int Longest = 60;

    // Longer words are digests and generated ids, which are told apart by their beginning.
    private const int LongestWord = 28;
    private const int ShownOfWord = 20;

    public static string Of(JsonElement body) => body.ValueKind is not JsonValueKind.Object ? "" : string.Join(" · ", body.EnumerateObject()
        .Where(fact => fact.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        .Select(fact => (fact.Name, Value: fact.Value.ToString()))
        .Where(fact => fact.Value.Length > 0)
        .Take(Most)
        .Select(fact => $"{fact.Name} {Short(fact.Value)}"));

    private static string Short(string value) =>
        value.Length > LongestWord && !value.Contains(' ', StringComparison.Ordinal) && !value.Contains('/', StringComparison.Ordinal) ? value[..ShownOfWord] + "…"
        : value.Length > Longest ? value[..(Longest - 1)] + "…"
        : value;
}
