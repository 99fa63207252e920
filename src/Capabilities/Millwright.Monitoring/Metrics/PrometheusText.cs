using System.Globalization;
using System.Text;

namespace Millwright.Monitoring.Metrics;

/// <summary>A family's series at one moment.</summary>
/// <param name="Name">The instrument's name.</param>
/// <param name="Unit">The instrument's unit, or empty.</param>
/// <param name="Help">The instrument's description.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bounds">A histogram's inner bounds, ascending.</param>
/// <param name="Series">Labels, value or sum, and a histogram's counts per bucket.</param>
internal sealed record FamilySnapshot(
    string Name, string Unit, string Help, MetricKind Kind, double[] Bounds,
    IReadOnlyList<(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, long[] Buckets)> Series)
{
    public static FamilySnapshot Of(MetricFamily family) => new(
        family.Instrument.Name, family.Instrument.Unit ?? "", family.Instrument.Description ?? "", family.Kind, family.Bounds,
        [.. family.Series.Select(series => ((IReadOnlyList<KeyValuePair<string, string>>)[.. series.Key
            .Select(tag => new KeyValuePair<string, string>(tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""))
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)], series.Value.Value, series.Value.Buckets))]);
}

/// <summary>
/// The text that Prometheus scrapes: its exposition format 0.0.4, or OpenMetrics 1.0. Names follow Prometheus' conventions: dots become
/// underscores, the unit is appended, counters end in <c>_total</c>.
/// </summary>
internal static class PrometheusText
{
    public static string Write(IReadOnlyList<FamilySnapshot> families, bool openMetrics)
    {
        var text = new StringBuilder();

        // Two instruments of one name (of two meters) are one family; a family's lines stand together.
        foreach (var family in families.GroupBy(NameOf).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            var first = family.First();
            Head(text, first, family.Key, openMetrics);
            foreach (var (labels, value, buckets) in family.Where(same => same.Kind == first.Kind).SelectMany(same => same.Series)
                .OrderBy(series => Labels(series.Labels), StringComparer.Ordinal))
            {
                Series(text, first, family.Key, labels, value, buckets);
            }
        }

        return openMetrics ? text.Append("# EOF\n").ToString() : text.ToString();
    }

    private static void Head(StringBuilder text, FamilySnapshot family, string name, bool openMetrics)
    {
        // OpenMetrics names a counter's family without the suffix of its sample.
        var shown = openMetrics || family.Kind is not MetricKind.Counter ? name : name + "_total";
        text.Append("# TYPE ").Append(shown).Append(' ').Append(family.Kind.ToString().ToLowerInvariant()).Append('\n');
        if (openMetrics && UnitOf(family.Unit) is { Length: > 0 } unit)
        {
            text.Append("# UNIT ").Append(shown).Append(' ').Append(unit).Append('\n');
        }

        if (family.Help.Length > 0)
        {
            text.Append("# HELP ").Append(shown).Append(' ').Append(Escape(family.Help, quotes: openMetrics)).Append('\n');
        }
    }

    private static void Series(
        StringBuilder text, FamilySnapshot family, string name, IReadOnlyList<KeyValuePair<string, string>> labels, double value, long[] buckets)
    {
        if (family.Kind is not MetricKind.Histogram)
        {
            Sample(text, family.Kind is MetricKind.Counter ? name + "_total" : name, labels, value);
            return;
        }

        var upTo = 0L;
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            upTo += buckets[bucket];
            var bound = bucket < family.Bounds.Length ? Bound(family.Bounds[bucket]) : "+Inf";
            Sample(text, name + "_bucket", [.. labels, new("le", bound)], upTo);
        }

        Sample(text, name + "_sum", labels, value);
        Sample(text, name + "_count", labels, upTo);
    }

    private static void Sample(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, double value) =>
        text.Append(name).Append(Labels(labels)).Append(' ').Append(Number(value)).Append('\n');

    private static string Labels(IReadOnlyList<KeyValuePair<string, string>> labels) => labels.Count == 0
        ? ""
        : "{" + string.Join(',', labels.Select(label => $"{Name(label.Key, colons: false)}=\"{Escape(label.Value, quotes: true)}\"")) + "}";

    private static string NameOf(FamilySnapshot family)
    {
        var name = Name(family.Name, colons: true);
        if (family.Kind is MetricKind.Counter && name.EndsWith("_total", StringComparison.Ordinal))
        {
            name = name[..^"_total".Length];
        }

        var unit = UnitOf(family.Unit);
        return unit.Length == 0 || name.EndsWith("_" + unit, StringComparison.Ordinal) ? name : $"{name}_{unit}";
    }

    // Units in braces are annotations of UCUM, not units.
    private static string UnitOf(string unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "%" => "percent",
        "1" or "" => "",
        ['{', ..] => "",
        _ => Name(unit, colons: true).Trim('_'),
    };

    private static string Name(string name, bool colons)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            clean.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' || letter is ':' && colons ? letter : '_');
        }

        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean.ToString();
    }

    private static string Escape(string value, bool quotes)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    // OpenMetrics wants 1.0, not 1, as a bucket's bound.
    private static string Bound(double bound) => bound.ToString("R", CultureInfo.InvariantCulture) is var text && text.Contains('.', StringComparison.Ordinal) || text.Contains('E', StringComparison.Ordinal) ? text : text + ".0";

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
