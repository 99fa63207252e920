using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Results;

namespace Millwright.Monitoring.Notify;

/// <summary>Alerts in the server's log, which <c>mw server</c> shows on the console.</summary>
internal sealed class LogChannel(ILogger<LogChannel> log) : IAlertChannel
{
    public string Name => "log";

    public IReadOnlyList<string> Targets { get; } = [""];

    public Task<Result<Done>> SendAsync(Notice notice, CancellationToken ct)
    {
        var payload = JsonNode.Parse(notice.Payload)!;
        Log.Alert(log, $"{payload["event"]}: {payload["alert"]?["message"]}");
        return Task.FromResult(Result.Ok);
    }
}
