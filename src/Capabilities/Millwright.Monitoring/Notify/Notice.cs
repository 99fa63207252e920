using Millwright.Abstractions.Results;

namespace Millwright.Monitoring.Notify;

/// <summary>A message about an alert that waits to be taken by one receiver.</summary>
/// <param name="Id">Its id; the same at every repetition, so that a receiver can tell them.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Target">The receiver, such as a URL; empty where a channel has only one.</param>
/// <param name="Payload">JSON.</param>
/// <param name="Attempts">Times it was sent without being taken.</param>
public sealed record Notice(string Id, string Channel, string Target, string Payload, int Attempts);

/// <summary>A way to tell somebody.</summary>
public interface IAlertChannel
{
    /// <summary>Name, such as <c>webhook</c>.</summary>
    string Name { get; }

    /// <summary>Who is to be told now; every new message is kept once for each.</summary>
    IReadOnlyList<string> Targets { get; }

    /// <summary>Sends one message. A problem means: not taken, try again later.</summary>
    Task<Result<Done>> SendAsync(Notice notice, CancellationToken ct);
}
