using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Steps;

namespace Millwright.Pipelines.Execute;

/// <summary>Follows the file to which a child process appends JSON lines; a line that is none becomes a line of the log.</summary>
internal sealed class SideJournal(string file, IStepJournal journal)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private long _position;

    /// <summary>Reads what is new now and then until told to stop, and then the rest.</summary>
    public async Task FollowAsync(TimeProvider clock, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Drain(isLast: stop.IsCancellationRequested);
        }
    }

    private void Drain(bool isLast)
    {
        if (!File.Exists(file))
        {
            return;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _position;
        var news = new byte[stream.Length - _position];
        stream.ReadExactly(news);
        var end = isLast ? news.Length : news.AsSpan().LastIndexOf((byte)'\n') + 1;
        _position += end;
        foreach (var line in Encoding.UTF8.GetString(news, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Take(line);
        }
    }

    private void Take(string line)
    {
        try
        {
            var entry = JsonNode.Parse(line) as JsonObject;
            switch (entry)
            {
                case { } when entry["metric"] is { } metric && entry["value"] is JsonValue value:
                    journal.Metric(metric.ToString(), Number(value), (long?)entry["step"] ?? 0);
                    return;
                case { } when entry["param"] is { } name:
                    journal.Parameter(name.ToString(), entry["value"]?.ToString() ?? "");
                    return;
                case { } when entry["tag"] is { } tag:
                    journal.Tag(tag.ToString(), entry["value"]?.ToString() ?? "");
                    return;
            }
        }
        catch (Exception bad) when (bad is JsonException or FormatException or InvalidOperationException)
        {
            // Shown below: nothing that a step reports is dropped silently.
        }

        journal.Line($"not understood in the journal: {line}");
    }

    // JSON has no NaN; a training loop has.
    private static double Number(JsonValue value) => value.GetValueKind() is JsonValueKind.String
        ? double.Parse(value.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)
        : value.GetValue<double>();
}
