using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Identity;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Notify;

namespace Millwright.Monitoring.Tests.Notify;

public sealed class SendNoticesTests
{
    [Fact]
    public async Task Webhook_Alert_ArrivesOnceAndSigned()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await Drifting(receiver.Url, "s3cret");
        await world.Get<SendNotices>().RunAsync(default);
        await world.Get<SendNotices>().RunAsync(default);
        var (body, signature) = receiver.Taken.ShouldHaveSingleItem();
        var message = JsonDocument.Parse(body).RootElement;
        message.GetProperty("event").GetString().ShouldBe("alert.raised");
        message.GetProperty("alert").GetProperty("kind").GetString().ShouldBe("drift");
        message.GetProperty("alert").GetProperty("model").GetString().ShouldBe("churn");
        message.GetProperty("alert").GetProperty("columns").GetArrayLength().ShouldBe(3);
        var stamp = signature.Split(',')[0]["t=".Length..];
        signature.ShouldBe($"t={stamp},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("s3cret"), Encoding.UTF8.GetBytes($"{stamp}.{body}")))}");
    }

    [Fact]
    public async Task Webhook_ReceiverDown_LosesNothingAlsoOverARestart()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Broken = true;
        await using var world = await Drifting(receiver.Url, null);
        await world.Get<SendNotices>().RunAsync(default);
        receiver.Tries.ShouldBe(1);
        await world.Get<SendNotices>().RunAsync(default);
        receiver.Tries.ShouldBe(1, "the next attempt is a second away");
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.Get<SendNotices>().RunAsync(default);
        receiver.Tries.ShouldBe(2);
        await world.RestartAsync();
        receiver.Broken = false;
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.Get<SendNotices>().RunAsync(default);
        receiver.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Silence_Model_RaisesButTellsNobody()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await new World(options => options.Webhook = receiver.Url).WithModelAsync();
        await world.Get<SilenceAlerts>().RunAsync("churn", TimeSpan.FromHours(1), "migration", new Actor("ada"), default);
        world.Predict(500, shift: 0.6);
        await world.ScanAsync();
        await world.Get<SendNotices>().RunAsync(default);
        receiver.Tries.ShouldBe(0);
        world.Get<IAlertStore>().Open("churn").ShouldHaveSingleItem();
    }

    private static async Task<World> Drifting(Uri receiver, string? secret)
    {
        var world = await new World(options => options.Webhooks.Add(new WebhookOptions { Url = receiver, Secret = secret })).WithModelAsync();
        world.Predict(500, shift: 0.6);
        await world.ScanAsync();
        return world;
    }

    private sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        public Uri Url => new(app.Urls.First() + "/alerts");

        public bool Broken { get; set; }

        public int Tries { get; private set; }

        public List<(string Body, string Signature)> Taken { get; } = [];

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receiver = new Receiver(app);
            app.MapPost("/alerts", receiver.TakeAsync);
            await app.StartAsync();
            return receiver;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task<IResult> TakeAsync(HttpRequest request)
        {
            Tries++;
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            if (Broken)
            {
                return Results.StatusCode(500);
            }

            Taken.Add((body, request.Headers["X-Millwright-Signature"].ToString()));
            return Results.Ok();
        }
    }
}
