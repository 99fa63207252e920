using Microsoft.Extensions.Logging;

namespace Millwright.Delivery;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "Deployment {Deployment} of {Model} version {Version} was rolled back at {Percent}%: {Reason}")]
    internal static partial void RolledBack(ILogger logger, DeploymentId deployment, string model, int version, int percent, string reason);

    [LoggerMessage(4002, LogLevel.Error, "Looking at the rollouts failed; the next tick tries again")]
    internal static partial void ReconcileFailed(ILogger logger, Exception failure);
}
