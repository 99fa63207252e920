using Microsoft.Extensions.Options;
using Millwright.Monitoring.Drift;

namespace Millwright.Monitoring;

/// <summary>Checks the options at start-up and names every wrong key at once.</summary>
internal sealed class MonitoringOptionsValidator : IValidateOptions<MonitoringOptions>
{
    public ValidateOptionsResult Validate(string? name, MonitoringOptions options)
    {
        (bool Holds, string Message)[] checks =
        [
            (options.Window >= DriftLimits.MinimumRows, $"monitoring.window: must be at least {DriftLimits.MinimumRows}; fewer predictions say nothing about drift."),
            (options.WindowSpan > TimeSpan.Zero, "monitoring.windowSpan: must be positive."),
            (options.MinimumPredictions >= 1 && options.MinimumPredictions <= options.Window, "monitoring.minimumPredictions: must lie between 1 and window."),
            (options.Settle >= TimeSpan.Zero, "monitoring.settle: must not be negative."),
            (options.Interval > TimeSpan.Zero, "monitoring.interval: must be positive."),
            (options.Significance is > 0 and < 1, "monitoring.significance: must lie between 0 and 1."),
            (options.Psi > 0, "monitoring.psi: must be positive."),
            (options.Distance is > 0 and < 1, "monitoring.distance: must lie between 0 and 1."),
            (options.Missing is > 0 and < 1, "monitoring.missing: must lie between 0 and 1."),
            (options.ResolveAfter >= 1, "monitoring.resolveAfter: must be at least 1."),
            (options.Receivers().All(webhook => webhook.Url is { IsAbsoluteUri: true, Scheme: "http" or "https" }), "monitoring.webhooks: each needs an http or https url."),
            (options.FirstRetry > TimeSpan.Zero, "monitoring.firstRetry: must be positive."),
            (options.LongestRetry >= options.FirstRetry, "monitoring.longestRetry: must be at least firstRetry."),
        ];
        var wrong = checks.Where(check => !check.Holds).Select(check => check.Message).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
