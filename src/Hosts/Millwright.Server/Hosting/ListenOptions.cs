using System.Net;

namespace Millwright.Server.Hosting;

/// <summary>Where a server listens besides the project's own socket.</summary>
public sealed record ListenOptions
{
    /// <summary>TCP port; null = the socket only, 0 = any free port.</summary>
    public int? Port { get; init; }

    /// <summary>Address; anything but loopback needs tokens.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Bearer token → who it stands for.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether log lines go to standard error.</summary>
    public bool LogToStandardError { get; init; }
}
