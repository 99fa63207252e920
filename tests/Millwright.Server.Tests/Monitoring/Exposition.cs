using System.Globalization;
using System.Text.RegularExpressions;

namespace Millwright.Server.Tests.Monitoring;

/// <summary>One line of a scrape.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    public string Key => Name + "{" + string.Join(',', Labels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)) + "}";
}

/// <summary>A family of a scrape.</summary>
internal sealed record Family(string Name, string Type, string? Help, List<Sample> Samples);

/// <summary>
/// Reads Prometheus' text format 0.0.4 as strictly as its description says (prometheus.io/docs/instrumenting/exposition_formats): one TYPE and
/// one HELP a family, before its samples, all lines of a family together, every series once, no stray characters.
/// </summary>
internal static partial class Exposition
{
    public static IReadOnlyList<Family> Read(string text)
    {
        text.ShouldEndWith("\n");
        var families = new List<Family>();
        var helps = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var (name, help) = Two(line["# HELP ".Length..]);
                helps.TryAdd(name, help).ShouldBeTrue($"two HELP lines of {name}");
                if (families is [.., var last] && last.Name == name)
                {
                    last.Samples.ShouldBeEmpty($"HELP of {name} after its samples");
                    families[^1] = last with { Help = help };
                }
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var (name, type) = Two(line["# TYPE ".Length..]);
                families.ShouldNotContain(family => family.Name == name, $"two TYPE lines of {name}");
                type.ShouldBeOneOf("counter", "gauge", "histogram", "summary", "untyped");
                families.Add(new Family(name, type, helps.GetValueOrDefault(name), []));
            }
            else
            {
                line.ShouldNotStartWith("#");
                var sample = ReadSample(line);
                var family = families[^1];
                (sample.Name == family.Name || family.Type is "histogram" && sample.Name.StartsWith(family.Name + "_", StringComparison.Ordinal)).ShouldBeTrue($"{sample.Name} stands below {family.Name}");
                family.Samples.ShouldNotContain(other => other.Key == sample.Key, sample.Key);
                family.Samples.Add(sample);
            }
        }

        return families;
    }

    private static Sample ReadSample(string line)
    {
        var match = SampleLine().Match(line);
        match.Success.ShouldBeTrue(line);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = match.Groups["labels"].Value;
        while (rest.Length > 0)
        {
            var label = Label().Match(rest);
            label.Success.ShouldBeTrue(line);
            labels.TryAdd(label.Groups["name"].Value, Unescape(label.Groups["value"].Value)).ShouldBeTrue($"a label twice: {line}");
            rest = rest[label.Length..];
        }

        return new Sample(match.Groups["name"].Value, labels, match.Groups["value"].Value switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            "NaN" => double.NaN,
            var number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
        });
    }

    private static string Unescape(string value) => Escape().Replace(value, match => match.Value switch { "\\n" => "\n", "\\\"" => "\"", _ => "\\" });

    private static (string, string) Two(string text) => text.Split(' ', 2) is [var first, var second] ? (first, second) : (text, "");

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[^\n]*)\})? (?<value>[^ ]+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SampleLine();

    [GeneratedRegex("""^(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\\n]|\\[\\n"])*)"(,|$)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("""\\[\\n"]""", RegexOptions.None, 1000)]
    private static partial Regex Escape();
}
