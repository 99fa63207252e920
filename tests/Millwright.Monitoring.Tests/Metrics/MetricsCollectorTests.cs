using System.Diagnostics.Metrics;
using Millwright.Monitoring.Metrics;

namespace Millwright.Monitoring.Tests.Metrics;

public sealed class MetricsCollectorTests
{
    [Fact]
    public void Scrape_EveryKind_IsExposition()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("Millwright.Test");
        using var foreign = new Meter("Other.Test");
        meter.CreateCounter<long>("t.requests", "{request}", "All\nrequests.").Add(3, new KeyValuePair<string, object?>("path", "a\"b\\c\nd"));
        var histogram = meter.CreateHistogram<double>("t.duration", "s", "Time.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var seconds in (double[])[0.05, 0.1, 0.5, 3])
        {
            histogram.Record(seconds);
        }

        meter.CreateObservableGauge("t.level", () => 1.5, "%", "Level.");
        foreign.CreateCounter<int>("t.foreign").Add(1);

        var text = Own(collector.Scrape(openMetrics: false));
        text.ShouldBe(
            """
            # TYPE t_duration_seconds histogram
            # HELP t_duration_seconds Time.
            t_duration_seconds_bucket{le="0.1"} 2
            t_duration_seconds_bucket{le="1.0"} 3
            t_duration_seconds_bucket{le="+Inf"} 4
            t_duration_seconds_sum 3.65
            t_duration_seconds_count 4
            # TYPE t_level_percent gauge
            # HELP t_level_percent Level.
            t_level_percent 1.5
            # TYPE t_requests_total counter
            # HELP t_requests_total All\nrequests.
            t_requests_total{path="a\"b\\c\nd"} 3

            """.ReplaceLineEndings("\n"));
        var open = collector.Scrape(openMetrics: true);
        open.ShouldContain("# TYPE t_requests counter\n");
        open.ShouldContain("# UNIT t_duration_seconds seconds\n");
        open.ShouldEndWith("# EOF\n");
    }

    [Fact]
    public void Record_EndlessTag_IsBounded()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("Millwright.Bounds");
        var counter = meter.CreateCounter<int>("bounds.calls");
        for (var index = 0; index < 5_000; index++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("user", index));
        }

        var lines = collector.Scrape(openMetrics: false).Split('\n').Where(line => line.StartsWith("bounds_calls_total{", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBe(2_001);
        lines.ShouldContain("bounds_calls_total{overflow=\"true\"} 3000");
    }

    private static string Own(string text)
    {
        var lines = text.Split('\n');
        return string.Join('\n', lines.Where(line => line.StartsWith("t_", StringComparison.Ordinal) || line.StartsWith("# TYPE t_", StringComparison.Ordinal) || line.StartsWith("# HELP t_", StringComparison.Ordinal))) + "\n";
    }
}
