using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Cache;

/// <summary>
/// Everything a step's result depends on. Equal facets give equal results, so their digest is the key of the cache; differing ones say
/// why a step ran.
/// </summary>
/// <param name="Work">The code: an action with its version, a command's text, or a C# entry with the digest of its program.</param>
/// <param name="Inputs">Input name → digest of its content.</param>
/// <param name="Parameters">Parameter → resolved value as canonical JSON.</param>
/// <param name="Outputs">Output name → file name.</param>
public sealed record StepFacets(
    string Work,
    ImmutableSortedDictionary<string, string> Inputs,
    ImmutableSortedDictionary<string, string> Parameters,
    ImmutableSortedDictionary<string, string> Outputs)
{
    // Raised when the meaning of the facets changes, so that no old result stands in for a new meaning.
    private const int Form = 1;

    /// <summary>SHA-256 of the facets' canonical JSON.</summary>
    public ContentDigest Key() => ContentDigest.Sha256(CanonicalJson.Write(new JsonObject
    {
        ["form"] = Form,
        ["work"] = Work,
        ["inputs"] = Map(Inputs),
        ["parameters"] = Map(Parameters),
        ["outputs"] = Map(Outputs),
    }));

    /// <summary>What differs from an earlier run of the step, in words; nothing when they are equal.</summary>
    public IEnumerable<string> DifferencesFrom(StepFacets earlier)
    {
        if (Work != earlier.Work)
        {
            yield return $"its code changed (now {Shorten(Work)}, was {Shorten(earlier.Work)})";
        }

        foreach (var text in Differences("parameter", Parameters, earlier.Parameters).Concat(Differences("input", Inputs, earlier.Inputs)).Concat(Differences("output", Outputs, earlier.Outputs)))
        {
            yield return text;
        }
    }

    private static IEnumerable<string> Differences(string noun, ImmutableSortedDictionary<string, string> now, ImmutableSortedDictionary<string, string> was)
    {
        foreach (var name in now.Keys.Union(was.Keys).Order(StringComparer.Ordinal))
        {
            switch (now.GetValueOrDefault(name), was.GetValueOrDefault(name))
            {
                case ({ } added, null):
                    yield return $"{noun} {name} is new ({Shorten(added)})";
                    break;
                case (null, { }):
                    yield return $"{noun} {name} is gone";
                    break;
                case ({ } a, { } b) when a != b:
                    yield return $"{noun} {name} changed ({Shorten(b)} -> {Shorten(a)})";
                    break;
            }
        }
    }

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var isDigest = ContentDigest.TryParse(line, out _);
        return isDigest ? line[..Math.Min(line.Length, 15)] : line.Length <= 60 ? line : line[..57] + "...";
    }

    private static JsonObject Map(ImmutableSortedDictionary<string, string> entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create(entry.Value))));
}
