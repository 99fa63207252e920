using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Client;

namespace Millwright.Web.Connection;

/// <summary>Dials the server's own socket, so that a page is a client like any other and sees what any other client sees.</summary>
internal sealed class ProjectSocket(string path) : IDisposable
{
    private readonly SocketsHttpHandler _handler = new()
    {
        UseProxy = false,
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>A client that acts as the one who asked for the page.</summary>
    public MillwrightClient ClientOfRequest(IServiceProvider provider)
    {
        var http = new HttpClient(_handler, disposeHandler: false) { BaseAddress = new Uri("http://project/"), Timeout = Timeout.InfiniteTimeSpan };
        if (provider.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context && ActingUser.Of(context) is { } actor)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(MillwrightClient.ActorHeader, Uri.EscapeDataString(actor));
        }

        return new MillwrightClient(http);
    }

    public void Dispose() => _handler.Dispose();
}
