using Microsoft.Extensions.Logging;

namespace Millwright.Ledger;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Warning, "Subscriber {Subscriber} failed after event {Seq}; trying again in {Delay}")]
    internal static partial void HandlerFailed(ILogger logger, string subscriber, long seq, TimeSpan delay, Exception failure);
}
