using Microsoft.Extensions.Logging;

namespace Millwright.Server;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Error, "{Method} {Path} failed in request {Request}")]
    internal static partial void Unhandled(ILogger logger, string method, string path, string request, Exception failure);
}
