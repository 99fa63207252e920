namespace Millwright.Server.Tests.Monitoring;

/// <summary>Meters are the process's, so that no other server may run beside these.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MetricsAlone
{
    public const string Name = "metrics alone";
}

[Collection(MetricsAlone.Name)]
[Trait("Needs", "Server")]
public sealed class MetricsTests : IAsyncLifetime
{
    // Every character that the format escapes.
    private const string Odd = "we\"ird\\ name";

    private RunningServer _server = null!;
    private Api _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _ada = _server.As("ada");
        await _server.RegisterStumpAsync(Odd);
        using var bob = _server.As("bob");
        (await bob.PostAsync($"/api/models/{Uri.EscapeDataString(Odd)}/versions/1/approve", "")).ShouldBeOk();
        (await _ada.PostAsync("/api/deployments", new { model = Odd })).ShouldBeOk();
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Metrics_FollowTheTextFormat()
    {
        await TrafficAsync(7);
        using var response = await _ada.Http.GetAsync("/metrics");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var families = Exposition.Read(await response.Content.ReadAsStringAsync());
        families.ShouldNotBeEmpty();
        foreach (var family in families)
        {
            family.Help.ShouldNotBeNullOrEmpty($"{family.Name} has no HELP");
            (family.Type is "counter").ShouldBe(family.Name.EndsWith("_total", StringComparison.Ordinal), $"{family.Name} is a {family.Type}");
            if (family.Type is "counter")
            {
                family.Samples.ShouldAllBe(sample => sample.Value >= 0);
            }

            if (family.Type is "histogram")
            {
                ShouldBeHistogram(family);
            }
        }

        families.SelectMany(family => family.Samples).ShouldContain(sample => sample.Labels.GetValueOrDefault("model") == Odd, "escaped labels are read back as they were");
    }

    [Fact]
    public async Task Metrics_MoveWithTraffic()
    {
        await TrafficAsync(3);
        var before = await ScrapeAsync();
        await TrafficAsync(5);
        using var wrong = await _ada.Http.PostAsync($"/v2/models/{Uri.EscapeDataString(Odd)}/infer", new StringContent("""{"inputs": []}"""));
        var after = await ScrapeAsync();
        Value(after, "millwright_serving_requests_total", "ok").ShouldBe(Value(before, "millwright_serving_requests_total", "ok") + 5);
        Value(after, "millwright_serving_requests_total", "invalid").ShouldBe(Value(before, "millwright_serving_requests_total", "invalid") + 1);
        Value(after, "millwright_serving_rows_total").ShouldBe(Value(before, "millwright_serving_rows_total") + 5);
        Value(after, "millwright_serving_duration_seconds_count").ShouldBe(Value(before, "millwright_serving_duration_seconds_count") + 6);
        Value(after, "millwright_serving_duration_seconds_sum").ShouldBeGreaterThan(Value(before, "millwright_serving_duration_seconds_sum"));
    }

    [Fact]
    public async Task Metrics_OfARollout_ShowItsShareWhileItLasts()
    {
        await _server.RegisterStumpAsync(Odd);
        var id = (await _ada.PostAsync("/api/deployments", new { model = Odd, version = "2", force = true, reason = "metrics", steps = new[] { 20, 100 }, bakeSeconds = 3600 })).ShouldBeOk().Text("id");
        var rolling = (await ScrapeAsync()).Single(sample => sample.Name == "millwright_rollout_percent" && sample.Labels["model"] == Odd);
        (rolling.Value, rolling.Labels["version"]).ShouldBe((20, "2"));
        await _ada.PostAsync($"/api/deployments/{id}/abort", "");
        (await ScrapeAsync()).ShouldNotContain(sample => sample.Name == "millwright_rollout_percent" && sample.Labels["model"] == Odd, "a share that is over is not shown for ever");
    }

    [Fact]
    public async Task Metrics_AskedForOpenMetrics_EndAsItWants()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Accept", "application/openmetrics-text; version=1.0.0" } } };
        using var response = await _ada.Http.SendAsync(request);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/openmetrics-text");
        (await response.Content.ReadAsStringAsync()).ShouldEndWith("# EOF\n");
    }

    private static void ShouldBeHistogram(Family family)
    {
        foreach (var series in family.Samples.GroupBy(sample => string.Join(',', sample.Labels.Where(label => label.Key != "le").OrderBy(label => label.Key, StringComparer.Ordinal))))
        {
            var buckets = series.Where(sample => sample.Name == family.Name + "_bucket").ToList();
            var bounds = buckets.Select(bucket => bucket.Labels["le"] == "+Inf" ? double.PositiveInfinity : double.Parse(bucket.Labels["le"], System.Globalization.CultureInfo.InvariantCulture)).ToList();
            bounds.SequenceEqual(bounds.Order()).ShouldBeTrue(family.Name);
            bounds[^1].ShouldBe(double.PositiveInfinity);
            buckets.Select(bucket => bucket.Value).SequenceEqual(buckets.Select(bucket => bucket.Value).Order()).ShouldBeTrue($"{family.Name} is not cumulative");
            buckets[^1].Value.ShouldBe(series.Single(sample => sample.Name == family.Name + "_count").Value);
            series.Count(sample => sample.Name == family.Name + "_sum").ShouldBe(1);
        }
    }

    private static double Value(IReadOnlyList<Sample> scrape, string name, string? outcome = null) => scrape
        .Where(sample => sample.Name == name && sample.Labels.GetValueOrDefault("model") == Odd && (outcome is null || sample.Labels["outcome"] == outcome))
        .Sum(sample => sample.Value);

    private async Task<IReadOnlyList<Sample>> ScrapeAsync() => [.. Exposition.Read(await _ada.Http.GetStringAsync("/metrics")).SelectMany(family => family.Samples)];

    private async Task TrafficAsync(int count)
    {
        for (var index = 0; index < count; index++)
        {
            await _ada.InferAsync(Uri.EscapeDataString(Odd), $"k{index}");
        }
    }
}
