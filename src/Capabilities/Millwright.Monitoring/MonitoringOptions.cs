using Millwright.Monitoring.Drift;

namespace Millwright.Monitoring;

/// <summary>Key <c>monitoring</c> of <c>millwright.yaml</c>. Every served version is monitored without any of it.</summary>
public sealed class MonitoringOptions
{
    /// <summary>Predictions that make a window. Default 500.</summary>
    public int Window { get; set; } = 500;

    /// <summary>Time after which a window with fewer predictions is judged. Default 5 minutes; also fractions of a second.</summary>
    public TimeSpan WindowSpan { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Fewest predictions that a window judged by time needs; with fewer it grows on. Default 100.</summary>
    public int MinimumPredictions { get; set; } = 100;

    /// <summary>
    /// Age from which on a prediction is counted. Default 1 second: a busy server logs an answer a little after it was given, and a window
    /// that closed before would pass over it.
    /// </summary>
    public TimeSpan Settle { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two looks at the prediction log. Default 1 second.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>See <see cref="DriftLimits.Significance"/>.</summary>
    public double Significance { get; set; } = new DriftLimits().Significance;

    /// <summary>See <see cref="DriftLimits.Psi"/>.</summary>
    public double Psi { get; set; } = new DriftLimits().Psi;

    /// <summary>See <see cref="DriftLimits.Distance"/>.</summary>
    public double Distance { get; set; } = new DriftLimits().Distance;

    /// <summary>See <see cref="DriftLimits.Missing"/>.</summary>
    public double Missing { get; set; } = new DriftLimits().Missing;

    /// <summary>Windows in a row without drift after which an alert is over. Default 2.</summary>
    public int ResolveAfter { get; set; } = 2;

    /// <summary>The one receiver of alerts, where one is enough; unsigned. More, and secrets, go into <see cref="Webhooks"/>.</summary>
    public Uri? Webhook { get; set; }

    /// <summary>Who is told of alerts.</summary>
    public List<WebhookOptions> Webhooks { get; set; } = [];

    /// <summary>Wait before the first repetition of a message that was not taken; doubles each time. Default 1 second.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between repetitions; a message is never given up. Default 5 minutes.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Every receiver.</summary>
    public IReadOnlyList<WebhookOptions> Receivers() => Webhook is null ? Webhooks : [new WebhookOptions { Url = Webhook }, .. Webhooks];

    /// <summary>The limits that these options stand for.</summary>
    public DriftLimits ToLimits() => new() { Significance = Significance, Psi = Psi, Distance = Distance, Missing = Missing };
}

/// <summary>A receiver of alerts.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where alerts are posted to as JSON.</summary>
    public Uri? Url { get; set; }

    /// <summary>When set, every message is signed with it (HMAC-SHA256, header <c>X-Millwright-Signature</c>).</summary>
    public string? Secret { get; set; }
}
