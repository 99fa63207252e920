using System.Net.Http;
using System.Net.Sockets;
using Millwright.Abstractions.Results;
using Millwright.Client;
using Millwright.Contracts.Problems;
using Millwright.Server.Hosting;
using Millwright.Server.Problems;
using Millwright.Server.Project;

namespace Millwright.Cli.Project;

/// <summary>
/// The way to the project's server. A connection goes to the project's socket; when nobody answers there, this process hosts the server
/// itself. So a command whose neighbour stopped hosting in the meantime just takes over.
/// </summary>
internal sealed class ProjectConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly ProjectFolder? _project;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _starting = new(1);
    private ServerHost? _host;

    private ProjectConnection(ProjectFolder? project, MillwrightClient? remote, string? actor, TimeProvider clock)
    {
        (_project, _clock) = (project, clock);
        Client = remote ?? Local(actor);
    }

    /// <summary>The client to use.</summary>
    public MillwrightClient Client { get; }

    /// <summary>Decides where the server is; nothing is started before the first call.</summary>
    public static ProjectConnection Open(string folder, string? actor, TimeProvider clock)
    {
        if (Environment.GetEnvironmentVariable("MILLWRIGHT_SERVER") is { Length: > 0 } server)
        {
            return Uri.TryCreate(server, UriKind.Absolute, out var url)
                ? new ProjectConnection(null, MillwrightClient.Connect(url, Environment.GetEnvironmentVariable("MILLWRIGHT_TOKEN"), actor), actor, clock)
                : throw new MillwrightException(new ProblemDto(400, $"MILLWRIGHT_SERVER is '{server}', which is not a URL.", "server.url", "Write it like http://127.0.0.1:5050.", []));
        }

        return ProjectFolder.Find(folder).TryGet(out var project, out var problem)
            ? new ProjectConnection(project, null, actor, clock)
            : throw new MillwrightException(problem.ToDto());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _starting.Dispose();
    }

    private MillwrightClient Local(string? actor)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = async (_, ct) => await DialAsync(ct), UseProxy = false };
        var http = new HttpClient(handler) { BaseAddress = new Uri("http://project/"), Timeout = Timeout.InfiniteTimeSpan };
        if (actor is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(MillwrightClient.ActorHeader, Uri.EscapeDataString(actor));
        }

        return new MillwrightClient(http);
    }

    private async Task<Stream> DialAsync(CancellationToken ct)
    {
        await _starting.WaitAsync(ct);
        try
        {
            for (var started = _clock.GetTimestamp(); ;)
            {
                if (await TryConnectAsync(_project!.Socket, ct) is { } stream)
                {
                    return stream;
                }

                if (await TryHostAsync(ct) is not { } problem)
                {
                    continue;
                }

                if (problem.Kind is not ProblemKind.Conflict || _clock.GetElapsedTime(started) > Patience)
                {
                    throw new MillwrightException(problem.ToDto());
                }

                // Somebody else is just starting or stopping.
                await Task.Delay(Pause, _clock, ct);
            }
        }
        catch (Exception failure) when (Outage.Explain(failure) is { } outage)
        {
            throw new MillwrightException(outage.ToDto(), failure);
        }
        catch (Exception bug) when (bug is not (MillwrightException or OperationCanceledException))
        {
            // The HTTP stack would word it as an unreachable server.
            throw new MillwrightException(
                new ProblemDto(500, $"A bug: the server could not start: {bug.GetType().Name}: {bug.Message}", "bug", "Please report it with the output of the same command under MILLWRIGHT_TRACE=1.", []), bug);
        }
        finally
        {
            _starting.Release();
        }
    }

    private static async Task<Stream?> TryConnectAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private async Task<Problem?> TryHostAsync(CancellationToken ct)
    {
        var started = await ServerHost.StartAsync(_project!, new ListenOptions(), _clock, ct);
        if (started.TryGet(out var host, out var problem))
        {
            _host = host;
        }

        return problem;
    }
}
