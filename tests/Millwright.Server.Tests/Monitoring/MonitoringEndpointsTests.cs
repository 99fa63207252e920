using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Models;
using Millwright.Monitoring.Profile;

namespace Millwright.Server.Tests.Monitoring;

[Trait("Needs", "Server")]
public sealed class MonitoringEndpointsTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Api _ada = null!;

    public async ValueTask InitializeAsync()
    {
        // The server's own look at the log comes far too late for a test, so that each test scans when it wants to.
        _server = await RunningServer.StartAsync("monitoring:\n  window: 60\n  minimumPredictions: 30\n  interval: 1h\n");
        _ada = _server.As("ada");
        await _server.RegisterStumpAsync("churn", ProfileAsync);
        using var bob = _server.As("bob");
        (await bob.PostAsync("/api/models/churn/versions/1/approve", "")).ShouldBeOk();
        (await _ada.PostAsync("/api/deployments", new { model = "churn", version = "1" })).ShouldBeOk();
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Monitor_OfUsualTraffic_SaysOk()
    {
        (await _ada.GetAsync("/api/monitors")).ShouldBeOk().Json[0].GetProperty("status").GetString().ShouldBe("waiting");
        await TrafficAsync(60, usual: true);
        (await _ada.PostAsync("/api/monitors/scan", "")).ShouldBeOk().Json.GetArrayLength().ShouldBe(1);
        var monitor = (await _ada.GetAsync("/api/monitors/churn?windows=5")).ShouldBeOk();
        monitor.Text("status").ShouldBe("ok");
        monitor["windows"][0].GetProperty("predictions").GetInt32().ShouldBe(60);
        (await _ada.GetAsync("/api/alerts")).ShouldBeOk().Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Drift_IsToldByWindowColumnAndAlert_UntilSomebodyLooksAfterIt()
    {
        await TrafficAsync(60, usual: false);
        var window = (await _ada.PostAsync("/api/monitors/scan", "")).ShouldBeOk().Json[0];
        window.GetProperty("drifted").EnumerateArray().Select(column => column.GetString()).ShouldBe(["tenure", "plan"], ignoreOrder: true);
        (await _ada.GetAsync("/api/monitors")).Json[0].GetProperty("status").GetString().ShouldBe("drift");
        var column = (await _ada.GetAsync("/api/monitors/churn/columns/plan")).ShouldBeOk();
        column["bins"].EnumerateArray().Select(bin => bin.GetString()).ShouldBe(["a", "b", "(other)"]);
        column["history"][0].GetProperty("drifted").GetBoolean().ShouldBeTrue();

        var id = (await _ada.GetAsync("/api/alerts?model=churn")).ShouldBeOk().Json[0].GetProperty("id").GetString();
        var alert = (await _ada.GetAsync($"/api/alerts/{id}")).ShouldBeOk();
        (alert.Text("state"), alert.Text("kind"), alert["version"].GetInt32()).ShouldBe(("open", "drift", 1));
        alert["scores"].GetArrayLength().ShouldBe(alert["columns"].GetArrayLength());
        (await _ada.PostAsync($"/api/alerts/{id}/acknowledge", new { note = "retraining" })).ShouldBeOk().Text("acknowledgedBy").ShouldBe("ada");
        (await _ada.GetAsync("/api/alerts?model=other")).ShouldBeOk().Json.GetArrayLength().ShouldBe(0);

        await TrafficAsync(120, usual: true);
        (await _ada.PostAsync("/api/monitors/scan", "")).ShouldBeOk().Json.GetArrayLength().ShouldBe(2);
        (await _ada.GetAsync("/api/alerts")).ShouldBeOk().Json.GetArrayLength().ShouldBe(0);
        (await _ada.GetAsync("/api/alerts?all=true")).ShouldBeOk().Json[0].GetProperty("state").GetString().ShouldBe("resolved");
        (await _ada.PostAsync($"/api/alerts/{id}/acknowledge", "")).ShouldBeProblem(HttpStatusCode.Conflict, "alert.resolved");
    }

    [Fact]
    public async Task Window_AcrossARestart_GoesOnWhereItWas()
    {
        await TrafficAsync(40, usual: true);
        (await _ada.PostAsync("/api/monitors/scan", "")).ShouldBeOk().Json.GetArrayLength().ShouldBe(0);
        _ada.Dispose();
        await _server.RestartAsync();
        _ada = _server.As("ada");
        await TrafficAsync(30, usual: true);
        var window = (await _ada.PostAsync("/api/monitors/scan", "")).ShouldBeOk().Json[0];
        (window.GetProperty("number").GetInt32(), window.GetProperty("predictions").GetInt32()).ShouldBe((1, 60));
        (await _ada.PostAsync("/api/monitors/scan", "")).ShouldBeOk().Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Labels_OfPredictions_AreRecordedOnceAndCounted()
    {
        var ids = await TrafficAsync(4, usual: true);
        object[] labels = [.. ids.Select((id, index) => new { prediction = id, label = index % 2 }), new { prediction = "nobody", label = 1 }];
        var done = (await _ada.PostAsync("/api/labels", new { labels })).ShouldBeOk();
        (done["recorded"].GetInt32(), done["unchanged"].GetInt32(), done["unknown"][0].GetString()).ShouldBe((4, 0, "nobody"));
        (await _ada.PostAsync("/api/labels", new { labels })).ShouldBeOk()["unchanged"].GetInt32().ShouldBe(4);
        var monitor = (await _ada.GetAsync("/api/monitors/churn")).ShouldBeOk();
        monitor["labels"].GetInt32().ShouldBe(4);
        monitor["rocAuc"].GetDouble().ShouldBeInRange(0, 1);
    }

    [Theory]
    [InlineData("/api/monitors/chrun", "monitor.unknown", "Did you mean 'churn'?")]
    [InlineData("/api/monitors/chrun/columns/plan", "monitor.unknown", "Did you mean 'churn'?")]
    [InlineData("/api/monitors/churn?version=9", "monitor.version", "Choose one of 1.")]
    [InlineData("/api/monitors/churn/columns/plam", "monitor.column", "Did you mean 'plan'?")]
    [InlineData("/api/alerts/none", "alert.unknown", "mw alert list")]
    public async Task Get_UnknownName_IsNotFoundWithAFix(string path, string code, string fix) =>
        (await _ada.GetAsync(path)).ShouldBeProblem(HttpStatusCode.NotFound, code).Text("fix").ShouldContain(fix);

    [Theory]
    [InlineData("/api/alerts/silence", "{}", "body.keys", "model: is missing; minutes: is missing")]
    [InlineData("/api/alerts/silence", """{"model": "churn", "minutes": "ten"}""", "body.value", "minutes: expected a number, found the text 'ten'")]
    [InlineData("/api/alerts/silence", """{"model": "churn", "minutes": 0}""", "silence.time", "silenced")]
    [InlineData("/api/alerts/silence", """{"model": "churn", "minutes": 1e308}""", "silence.time", "silenced")]
    [InlineData("/api/labels", "{}", "body.keys", "labels: is missing")]
    [InlineData("/api/labels", """{"labels": null}""", "body.value", "labels")]
    [InlineData("/api/labels", """{"labels": [{"prediction": "p", "label": 2}]}""", "labels.value", "0 or 1")]
    [InlineData("/api/labels", """{"labels": [{"prediction": "p"}]}""", "body.value", "labels[0]")]
    [InlineData("/api/labels", """{"labels": [null]}""", "labels.value", "id of a prediction")]
    [InlineData("/api/alerts/x/acknowledge", """{"notes": "x"}""", "body.keys", "notes: there is no such key; did you mean 'note'?")]
    public async Task Post_BadBody_NamesTheKey(string path, string body, string code, string told) =>
        (await _ada.PostAsync(path, body)).ShouldBeProblem(HttpStatusCode.BadRequest, code).Text("title").ShouldContain(told);

    [Fact]
    public async Task Post_UnknownName_IsNotFound()
    {
        (await _ada.PostAsync("/api/alerts/none/acknowledge", "")).ShouldBeProblem(HttpStatusCode.NotFound, "alert.unknown");
        (await _ada.PostAsync("/api/alerts/silence", new { model = "chrun", minutes = 5 })).ShouldBeProblem(HttpStatusCode.NotFound, "model.unknown").Text("fix").ShouldContain("'churn'");
        (await _ada.PostAsync("/api/alerts/silence", new { model = "churn", minutes = 5 })).ShouldBeOk();
    }

    // Half of the training customers stay less than ten months, and nine in ten have plan a.
    private async Task ProfileAsync(string folder)
    {
        var table = Path.Combine(_server.ProjectFolder, "train.csv");
        await File.WriteAllTextAsync(table, "tenure,plan\n" + string.Concat(Enumerable.Range(0, 1_000).Select(index => $"{index % 20},{(index % 10 == 0 ? "b" : "a")}\n")));
        var profile = (await _server.Services.GetRequiredService<ProfileTable>().RunAsync(table, default)).Value;
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Profile), ProfileText.Write(profile));
    }

    private async Task<List<string>> TrafficAsync(int count, bool usual)
    {
        var ids = new List<string>();
        for (var index = 0; index < count; index++)
        {
            ids.Add((await _ada.InferAsync("churn", $"k{index}", usual ? index % 20 : 60, usual && index % 10 != 0 ? "a" : "b")).Id);
        }

        return ids;
    }
}
