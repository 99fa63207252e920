using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Millwright.Demo;

/// <summary>A receiver of alerts, such as a team's chat would be.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Webhook(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/alerts";

    public ConcurrentQueue<JsonElement> Received { get; } = new();

    public static async Task<Webhook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var webhook = new Webhook(app);
        app.MapPost("/alerts", async (HttpRequest request) =>
        {
            webhook.Received.Enqueue((await JsonDocument.ParseAsync(request.Body)).RootElement);
            return Results.Ok();
        });
        await app.StartAsync();
        return webhook;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
