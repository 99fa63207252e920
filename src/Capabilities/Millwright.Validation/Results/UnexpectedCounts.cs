using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Validation.Expectations;

namespace Millwright.Validation.Results;

/// <summary>How often each unexpected value occurs: most frequent first, then by value.</summary>
internal static class UnexpectedCounts
{
    /// <summary>Null when the values have no order among themselves (a text beside a missing value).</summary>
    /// <param name="values">In row order.</param>
    /// <param name="limit">How many are returned at most.</param>
    /// <param name="isSelfUnequal">Whether a value does not even equal itself, as a missing number, so that each is counted alone.</param>
    internal static JsonArray? Of(IEnumerable<JsonNode?> values, int limit, Func<JsonNode?, bool> isSelfUnequal)
    {
        var counted = new Dictionary<string, (JsonNode? Value, int Count)>(StringComparer.Ordinal);
        var missing = 0;
        foreach (var value in values)
        {
            var key = isSelfUnequal(value) ? $"missing {missing++}" : value?.ToJsonString() ?? "";
            counted[key] = (value, counted.TryGetValue(key, out var known) ? known.Count + 1 : 1);
        }

        // The most frequent ones are chosen in the order of their appearance, and only then sorted by value.
        var sorted = new List<(JsonNode? Value, int Count)>(limit);
        foreach (var entry in counted.Values.OrderByDescending(entry => entry.Count).Take(limit))
        {
            var (low, high) = (0, sorted.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (IsBefore(entry, sorted[middle]) is not { } isBefore)
                    return null;
                (low, high) = isBefore ? (low, middle) : (middle + 1, high);
            }

            sorted.Insert(low, entry);
        }

        return [.. sorted.Select(entry => (JsonNode)new JsonObject { ["value"] = entry.Value?.DeepClone(), ["count"] = entry.Count })];
    }

    /// <summary>Order of values of one kind: null when they have none; a missing number is neither before nor after anything.</summary>
    internal static int? Compare(JsonNode? left, JsonNode? right)
    {
        switch (left?.GetValueKind(), right?.GetValueKind())
        {
            case (null, null) or (null, JsonValueKind.Number) or (JsonValueKind.Number, null):
                return 0;
            case (JsonValueKind.Number, JsonValueKind.Number):
                return Arguments.Double(left!).CompareTo(Arguments.Double(right!));
            case (JsonValueKind.String, JsonValueKind.String):
                return string.CompareOrdinal(left!.GetValue<string>(), right!.GetValue<string>());
            case (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False):
                return left!.GetValue<bool>().CompareTo(right!.GetValue<bool>());
            case (JsonValueKind.Array, JsonValueKind.Array):
                return Compare(left!.AsArray(), right!.AsArray());
            default:
                return null;
        }
    }

    private static int? Compare(JsonArray left, JsonArray right)
    {
        foreach (var (mine, theirs) in left.Zip(right))
        {
            if (Compare(mine, theirs) is not { } order)
                return null;
            if (order != 0 || mine is null != theirs is null)
                return order;
        }

        return 0;
    }

    private static bool? IsBefore((JsonNode? Value, int Count) left, (JsonNode? Value, int Count) right) =>
        left.Count != right.Count ? left.Count > right.Count : Compare(left.Value, right.Value) is { } order ? order < 0 : null;
}
