using Microsoft.Extensions.Logging;

namespace Millwright.Serving;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "{Lost} predictions were answered but not logged: {Reason}. Drift and live metrics do not see them; free some space")]
    internal static partial void PredictionsLost(ILogger logger, long lost, string reason);

    [LoggerMessage(4002, LogLevel.Warning, "The predictions of {Model} could not be synced to the disk")]
    internal static partial void PredictionsNotSynced(ILogger logger, string model, Exception failure);

    [LoggerMessage(4003, LogLevel.Warning, "{Model}/{Version} cannot be served: {Reason}")]
    internal static partial void NotLoaded(ILogger logger, string model, int version, string reason);

    [LoggerMessage(4004, LogLevel.Error, "{Model}/{Version} failed to score {Rows} rows")]
    internal static partial void ScoringFailed(ILogger logger, string model, int version, int rows, Exception failure);
}
