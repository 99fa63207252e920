using Microsoft.Extensions.Logging;

namespace Millwright.Pipelines;

internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Warning, "Run {Run} of '{Pipeline}' was interrupted: the process that ran it died")]
    internal static partial void RunInterrupted(ILogger logger, string run, string pipeline);

    [LoggerMessage(3102, LogLevel.Error, "Run {Run} could not be carried on")]
    internal static partial void RunCrashed(ILogger logger, string run, Exception failure);

    [LoggerMessage(3103, LogLevel.Information, "{Trigger} started run {Run} of '{Pipeline}'")]
    internal static partial void TriggerStarted(ILogger logger, string trigger, string run, string pipeline);

    [LoggerMessage(3104, LogLevel.Warning, "{Trigger} could not start '{Pipeline}': {Reason}")]
    internal static partial void TriggerFailed(ILogger logger, string trigger, string pipeline, string reason);
}
