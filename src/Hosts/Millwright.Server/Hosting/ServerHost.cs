using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Server;
using Millwright.Relational;
using Millwright.Server.Identity;
using Millwright.Server.Problems;
using Millwright.Server.Project;

namespace Millwright.Server.Hosting;

/// <summary>
/// One project's server: the only writer of its state. <c>mw server</c> runs it with a port; any other command runs the same server on the
/// project's socket for as long as it needs it.
/// </summary>
public sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ProjectLock _lock;

    private ServerHost(WebApplication app, ProjectLock projectLock, string? url) => (_app, _lock, Url) = (app, projectLock, url);

    /// <summary>Millwright's version.</summary>
    public static string Version { get; } = typeof(ServerHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Where the pages are, or null without a port.</summary>
    public string? Url { get; }

    /// <summary>The running server's services, for tests.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server; a project that somebody else serves is a problem of kind <see cref="ProblemKind.Conflict"/>.</summary>
    public static async Task<Result<ServerHost>> StartAsync(ProjectFolder project, ListenOptions listen, TimeProvider clock, CancellationToken ct)
    {
        if (listen.Port is not null && !IPAddress.IsLoopback(listen.Address) && listen.Tokens.Count == 0)
        {
            return new Problem(
                "server.open", $"Listening on {listen.Address} would let everyone on the network act.",
                "Set MILLWRIGHT_TOKENS=NAME=TOKEN[,NAME=TOKEN] on the server and MILLWRIGHT_TOKEN at its users, or leave --listen away (loopback only).");
        }

        if (!ProjectConfig.Read(project.Config, Composition.Sections).TryGet(out var config, out var problem))
        {
            return problem;
        }

        if (!ProjectLock.TryTake(project).TryGet(out var taken, out problem))
        {
            return problem;
        }

        // Loading the web stack and opening the database take equally long and do not need each other.
        var builder = Task.Run(NewBuilder, CancellationToken.None);
        if (!Database.Open(project.Database, clock).TryGet(out var database, out problem))
        {
            taken.Dispose();
            return problem;
        }

        var app = Build(await builder, (project, listen, clock), (config, database));
        try
        {
            await app.StartAsync(ct);
        }
        catch (OptionsValidationException wrong)
        {
            await app.DisposeAsync();
            taken.Dispose();
            return new Problem("config.invalid", $"'{project.Config}' has values that do not fit.", "Mend the keys named above; docs/reference/configuration.md says what fits.")
                .With(wrong.Failures.Select(failure => new ProblemDetail(failure, Path.GetFileName(project.Config))));
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException or SocketException)
        {
            await app.DisposeAsync();
            taken.Dispose();
            return new Problem("server.port", $"Port {listen.Port} is in use.", "Choose another with --port, or 0 for any free one.", ProblemKind.Conflict);
        }

        catch (Exception failure) when (Outage.Explain(failure) is { } outage)
        {
            await app.DisposeAsync();
            taken.Dispose();
            return outage;
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(project.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new ServerHost(app, taken, UrlOf(app));
    }

    /// <summary>Runs until the token is cancelled, then answers what is under way and stops.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = ct.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _lock.Dispose();
    }

    private static WebApplicationBuilder NewBuilder() => WebApplication.CreateSlimBuilder(new WebApplicationOptions
    {
        ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Millwright.Server",

        // Nothing is read from appsettings.json, and its watcher would take one of the few inotify instances that a user has.
        Args = ["--hostBuilder:reloadConfigOnChange=false"],
    });

    private static WebApplication Build(
        WebApplicationBuilder builder, (ProjectFolder Project, ListenOptions Listen, TimeProvider Clock) asked, (IConfiguration Config, Database Database) opened)
    {
        var (project, listen, clock) = asked;
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        if (listen.LogToStandardError)
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenUnixSocket(project.Socket);
            if (listen.Port is { } port)
            {
                kestrel.Listen(listen.Address, port);
            }
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(project).AddSingleton(clock);

        // Every endpoint asks for the type "object" when it is built; without this the reflection-based serialiser starts for it alone.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServerJson.Default));
        builder.Services.AddRooms(project, opened.Config, opened.Database, isServer: listen.Port is not null);
        builder.Services.AddHostedService<OutboxDrain>();
        if (listen.Port is not null)
        {
            builder.Services.AddPages(project);
        }

        var app = builder.Build();
        app.UseProblemBoundary(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Millwright.Server"));
        app.UseTokens(listen.Tokens);
        app.MapGet("/api/server", () => TypedResults.Json(
                new ServerInfoDto(Version, project.Root, Environment.ProcessId, UrlOf(app), clock.GetUtcNow()), ServerJson.Default.ServerInfoDto))
            .WithTags("Server").WithName("ShowServer").WithSummary("Which server this is: version, project, process, address and clock.");
        app.MapRooms();
        if (listen.Port is not null)
        {
            app.MapPages(listen);
        }

        return app;
    }

    private static string? UrlOf(WebApplication app) => app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => !address.Contains("unix:", StringComparison.Ordinal));
}
