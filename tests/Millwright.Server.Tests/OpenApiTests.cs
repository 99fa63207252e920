using System.Text.Json;

namespace Millwright.Server.Tests;

[Trait("Needs", "Server")]
public sealed class OpenApiTests
{
    private static readonly string[] Rooms = ["/api/models", "/api/deployments", "/api/monitors", "/api/alerts", "/api/labels", "/metrics"];

    [Fact]
    public async Task Document_NamesEveryEndpointWithADescription()
    {
        await using var server = await RunningServer.StartAsync();
        using var api = server.As("ada");
        var paths = (await api.GetAsync("/openapi/v1.json")).ShouldBeOk()["paths"].EnumerateObject().ToList();
        paths.Count.ShouldBeGreaterThan(40);
        foreach (var (path, verb, operation) in paths.SelectMany(path => path.Value.EnumerateObject().Select(verb => (path.Name, verb.Name, verb.Value))))
        {
            Text(operation, "operationId").ShouldNotBeEmpty($"{verb} {path} has no name");
            Text(operation, "summary").ShouldNotBeEmpty($"{verb} {path} has no description");
        }

        var ids = paths.SelectMany(path => path.Value.EnumerateObject().Select(verb => Text(verb.Value, "operationId"))).ToList();
        ids.ShouldBe(ids.Distinct());
    }

    [Fact]
    public async Task Document_OfTheseRooms_SaysWhatGoesInAndOut()
    {
        await using var server = await RunningServer.StartAsync();
        using var api = server.As("ada");
        var document = (await api.GetAsync("/openapi/v1.json")).ShouldBeOk();
        var own = document["paths"].EnumerateObject().Where(path => Rooms.Any(room => path.Name == room || path.Name.StartsWith(room + "/", StringComparison.Ordinal))).ToList();
        own.Count.ShouldBeGreaterThanOrEqualTo(Rooms.Length);
        foreach (var (path, operation) in own.SelectMany(path => path.Value.EnumerateObject().Select(verb => (path.Name, verb.Value))))
        {
            operation.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().ShouldNotBeEmpty(path);
        }

        foreach (var path in (string[])["/api/deployments", "/api/models/{name}/versions/{version}/promote", "/api/labels", "/api/alerts/silence"])
        {
            var schema = document["paths"].GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            var name = schema.GetProperty("$ref").GetString()!.Split('/')[^1];
            document["components"].GetProperty("schemas").GetProperty(name).GetProperty("properties").EnumerateObject().ShouldNotBeEmpty(path);
        }
    }

    private static string Text(JsonElement operation, string member) => operation.TryGetProperty(member, out var text) ? text.GetString()! : "";
}
