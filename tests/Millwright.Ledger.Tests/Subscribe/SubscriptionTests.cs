using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Millwright.Abstractions.Ledger;
using Millwright.Relational;
using Millwright.Testing;
using static Millwright.Ledger.Tests.OpenLedger;

namespace Millwright.Ledger.Tests.Subscribe;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task Events_ArriveInOrderAndOnlyWantedOnes()
    {
        using var folder = new ScratchFolder();
        var listener = new Listener();
        using var host = await StartAsync(folder, listener);
        await AppendAsync(host, "model.promoted", "run.started", "model.archived");
        (await listener.NextAsync()).Kind.ShouldBe("model.promoted");
        (await listener.NextAsync()).Kind.ShouldBe("model.archived");
        await host.StopAsync();
    }

    [Fact]
    public async Task Restart_GoesOnWhereItStoppedAndMissesNothing()
    {
        using var folder = new ScratchFolder();
        var first = new Listener();
        using (var host = await StartAsync(folder, first))
        {
            await AppendAsync(host, "model.one");
            (await first.NextAsync()).Kind.ShouldBe("model.one");
            await host.StopAsync();
        }

        using (var database = await StartAsync(folder, null))
        {
            await AppendAsync(database, "model.two");
            await database.StopAsync();
        }

        var second = new Listener();
        using var again = await StartAsync(folder, second);
        (await second.NextAsync()).Kind.ShouldBe("model.two");
        await again.StopAsync();
    }

    [Fact]
    public async Task FailingHandler_GetsTheEventAgain()
    {
        using var folder = new ScratchFolder();
        var listener = new Listener { Failures = 2 };
        using var host = await StartAsync(folder, listener);
        await AppendAsync(host, "model.promoted");
        (await listener.NextAsync()).Kind.ShouldBe("model.promoted");
        listener.Calls.ShouldBe(3);
        await host.StopAsync();
    }

    private static Task AppendAsync(IHost host, params string[] kinds) =>
        host.Services.GetRequiredService<ILedgerWriter>().AppendAsync([.. kinds.Select(kind => Draft(kind, "model:churn/1"))], default);

    private static async Task<IHost> StartAsync(ScratchFolder folder, ILedgerSubscriber? subscriber)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(TimeProvider.System).AddRelational(Database.Open(folder["ledger.db"], TimeProvider.System).Value).AddLedger();
        if (subscriber is not null)
        {
            builder.Services.AddSingleton(subscriber);
        }

        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class Listener : ILedgerSubscriber
    {
        private readonly Channel<LedgerEvent> _heard = Channel.CreateUnbounded<LedgerEvent>();

        public int Failures { get; set; }

        public int Calls { get; private set; }

        public string Name => "test.listener";

        public bool Wants(string kind) => kind.StartsWith("model.", StringComparison.Ordinal);

        public Task HandleAsync(LedgerEvent happened, CancellationToken ct)
        {
            Calls++;
            return Failures-- > 0 ? throw new IOException("planted") : _heard.Writer.WriteAsync(happened, ct).AsTask();
        }

        public ValueTask<LedgerEvent> NextAsync() => _heard.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }
}
