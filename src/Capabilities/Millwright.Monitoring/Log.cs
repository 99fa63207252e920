using Microsoft.Extensions.Logging;

namespace Millwright.Monitoring;

internal static partial class Log
{
    [LoggerMessage(4101, LogLevel.Warning, "{Message}")]
    internal static partial void Alert(ILogger logger, string message);

    [LoggerMessage(4102, LogLevel.Error, "Scanning for drift or sending alerts failed; the next tick tries again")]
    internal static partial void ScanFailed(ILogger logger, Exception failure);

    [LoggerMessage(4103, LogLevel.Debug, "{Model} version {Version} is not monitored: {Reason}")]
    internal static partial void NoReference(ILogger logger, string model, int version, string reason);

    [LoggerMessage(4104, LogLevel.Warning, "{Target} did not take message {Id} (attempt {Attempt}): {Reason}")]
    internal static partial void NotTaken(ILogger logger, string target, string id, int attempt, string reason);
}
