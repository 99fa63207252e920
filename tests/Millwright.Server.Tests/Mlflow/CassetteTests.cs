using Millwright.Testing;

namespace Millwright.Server.Tests.Mlflow;

/// <summary>Recorded conversations, answered by a running server. What we answer otherwise on purpose, or not yet, stands in pending.md.</summary>
[Trait("Golden", "mlflow")]
public sealed class CassetteTests
{
    public static TheoryData<string> All() => new(Cassette.Names());

    [Theory, MemberData(nameof(All))]
    public async Task Cassette_Replayed_IsAnsweredAlike(string name)
    {
        var pending = Golden.Pending("mlflow");
        var cassette = Cassette.Load(name);
        await using var server = await RunningServer.StartAsync();
        using var http = server.Client(followRedirects: false);
        var replay = new Replay(http);
        var differences = new List<string>();
        foreach (var (index, exchange) in cassette.Exchanges.Index())
        {
            var found = await replay.GoAsync(exchange);
            if (!pending.Contains($"{name}#{index}"))
            {
                var request = exchange.GetProperty("request");
                differences.AddRange(found.Select(difference => $"#{index} {request.GetProperty("method")} {request.GetProperty("path")}: {difference}"));
            }
        }

        if (!pending.Contains(name))
        {
            differences.ShouldBeEmpty();
        }
    }
}
