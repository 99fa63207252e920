using Microsoft.Extensions.Logging;

namespace Millwright.Server;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Error, "{Method} {Path} failed in request {Request}")]
    internal static partial void Unhandled(ILogger logger, string method, string path, string request, Exception failure);

    [LoggerMessage(9002, LogLevel.Warning, "{Method} {Path} could not be done: {Reason}")]
    internal static partial void Outage(ILogger logger, string method, string path, string reason);
}
