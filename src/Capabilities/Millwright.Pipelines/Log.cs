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

    [LoggerMessage(3105, LogLevel.Warning, "The triggers of '{File}' are not known: {Reason}")]
    internal static partial void TriggersUnread(ILogger logger, string file, string reason);

    [LoggerMessage(3106, LogLevel.Error, "The scheduler failed and tries again")]
    internal static partial void SchedulerFailed(ILogger logger, Exception failure);
}
