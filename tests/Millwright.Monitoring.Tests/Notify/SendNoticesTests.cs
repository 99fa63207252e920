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

    [Fact]
    public async Task Webhook_ReceiverDownForLong_IsTriedEverMoreSeldomAndNeverGivenUp()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Broken = true;
        await using var world = await Drifting(receiver.Url, null);
        var waits = new List<double>();
        for (var attempt = 1; attempt <= 12; attempt++)
        {
            await world.Get<SendNotices>().RunAsync(default);
            receiver.Tries.ShouldBe(attempt);
            var waited = 0;
            while (world.Get<IAlertStore>().Due(world.Time.GetUtcNow(), 10).Count == 0)
            {
                world.Time.Advance(TimeSpan.FromSeconds(1));
                waited++;
            }

            waits.Add(waited);
        }

        waits.ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        receiver.Broken = false;
        await world.Get<SendNotices>().RunAsync(default);
        receiver.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Webhook_ReceiverThatHangs_HoldsUpNeitherScansNorOtherReceivers()
    {
        await using var hanging = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        hanging.Hangs = true;
        await using var world = await new World(options => options.Webhooks.AddRange([new WebhookOptions { Url = hanging.Url }, new WebhookOptions { Url = quick.Url }])).WithModelAsync();
        world.Predict(500, shift: 0.6);
        await world.ScanAsync();
        var sending = world.Get<SendNotices>().RunAsync(default);
        await Task.WhenAll(hanging.Arrived, quick.Arrived);

        world.Predict(500, shift: 0.6, seed: 2);
        (await world.ScanAsync()).Count.ShouldBe(1, "a window is judged while a message is on its way");
        sending.IsCompleted.ShouldBeFalse();
        world.Time.Advance(TimeSpan.FromSeconds(10));
        (await sending).ShouldBe(2, "the log and the quick receiver took theirs");
        quick.Taken.Count.ShouldBe(1);

        hanging.Hangs = false;
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.Get<SendNotices>().RunAsync(default);
        hanging.Taken.Count.ShouldBe(1);
        quick.Taken.Count.ShouldBe(1, "nobody is told twice");
    }

    [Fact]
    public async Task Webhook_ReceiverDownWithManyMessages_IsAskedOnceARoundAndOthersGetTheirs()
    {
        await using var down = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        down.Broken = true;
        await using var world = new World(options => options.Webhooks.AddRange([new WebhookOptions { Url = down.Url }, new WebhookOptions { Url = quick.Url }]));
        for (var index = 0; index < 150; index++)
        {
            var alert = new Alert($"x{index:000}", "churn", 1, AlertRules.Drift, [], world.Time.GetUtcNow());
            await world.Get<IAlertStore>().SaveAsync(new AlertChange(alert, [], AlertEvents.Raised), default);
        }

        for (var round = 0; round < 6; round++)
        {
            await world.Get<SendNotices>().RunAsync(default);
        }

        quick.Taken.Count.ShouldBe(150);
        down.Tries.ShouldBeLessThan(7, "not once per message");

        down.Broken = false;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        for (var round = 0; round < 3; round++)
        {
            await world.Get<SendNotices>().RunAsync(default);
        }

        down.Taken.Count.ShouldBe(150, "none is lost");
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
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Uri Url => new(app.Urls.First() + "/alerts");

        public bool Broken { get; set; }

        public int Tries { get; private set; }

        public List<(string Body, string Signature)> Taken { get; } = [];

        public bool Hangs { get; set; }

        public Task Arrived => _arrived.Task;

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
            _arrived.TrySetResult();
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, request.HttpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

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
