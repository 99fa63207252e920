using System.Net;
using System.Text.Json;
using Millwright.Abstractions.Models;

namespace Millwright.Server.Tests.Delivery;

[Trait("Needs", "Server")]
public sealed class DeploymentEndpointsTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Api _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _ada = _server.As("ada");
        await _server.RegisterStumpAsync("churn");
        await _server.RegisterStumpAsync("churn");
        await ApproveAsync("churn", 1);
        await ApproveAsync("churn", 2);
        (await DeployAsync(1)).ShouldBeOk().Text("state").ShouldBe("live");
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Deploy_FirstVersion_AnswersAtOnceAndIsInProduction()
    {
        (await _ada.InferAsync("churn", "k")).Version.ShouldBe("1");
        (await _ada.GetAsync("/api/models/churn"))["versions"][0].GetProperty("stage").GetString().ShouldBe("production");
        var details = (await _ada.GetAsync("/api/deployments/churn")).ShouldBeOk();
        details["deployment"].GetProperty("actor").GetString().ShouldBe("ada");
        details["traffic"][0].GetProperty("percent").GetDouble().ShouldBe(100);
        details["now"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Canary_AcrossARestart_KeepsItsStepAndEveryCallersVersion()
    {
        var id = (await DeployAsync(2, new { model = "churn", version = "2", steps = new[] { 30, 100 }, bakeSeconds = 3600 })).ShouldBeOk().Text("id");
        var before = await VersionsAsync();
        before.Values.Count(version => version == "2").ShouldBeInRange(10, 50, "30 % of 100 keys");
        await Restart();
        (await VersionsAsync()).ShouldBe(before);
        var shown = (await _ada.GetAsync($"/api/deployments/{id}")).ShouldBeOk();
        shown["deployment"].GetProperty("state").GetString().ShouldBe("rolling");
        shown["deployment"].GetProperty("percent").GetInt32().ShouldBe(30);
        shown["now"].GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()).ShouldContain("bake_time");
        (await _ada.GetAsync($"/api/deployments/{id}/verdicts")).ShouldBeOk().Json.GetArrayLength().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task Canary_RestartedInTheMiddle_IsJudgedOnAndPromoted()
    {
        var id = (await DeployAsync(2, new { model = "churn", version = "2", steps = new[] { 50, 100 }, bakeSeconds = 0, minimumRequests = 40, maxLatencyRatio = 1000 })).ShouldBeOk().Text("id");
        await VersionsAsync(20);
        await Restart();
        for (var round = 0; round < 20 && await StateAsync(id) is "rolling"; round++)
        {
            await VersionsAsync();
            await _ada.PostAsync("/api/deployments/reconcile", "");
        }

        (await StateAsync(id)).ShouldBe("live");
        (await _ada.InferAsync("churn", "anybody")).Version.ShouldBe("2");
        var model = (await _ada.GetAsync("/api/models/churn")).ShouldBeOk();
        model["versions"].EnumerateArray().Select(version => version.GetProperty("stage").GetString()).ShouldBe(["archived", "production"]);
        var history = (await _ada.GetAsync("/api/ledger?kind=rollout.*&after=0"))["events"].EnumerateArray().Select(happened => happened.GetProperty("kind").GetString());
        history.ShouldBe(["rollout.started", "rollout.started", "rollout.advanced", "rollout.promoted"]);
    }

    [Fact]
    public async Task RollBack_OfTheLiveVersion_BringsTrafficAndStageBack()
    {
        var id = (await DeployAsync(2, new { model = "churn", version = "2", steps = new[] { 100 }, bakeSeconds = 0, minimumRequests = 1, maxLatencyRatio = 1000 })).ShouldBeOk().Text("id");
        for (var round = 0; round < 20 && await StateAsync(id) is "rolling"; round++)
        {
            await VersionsAsync(10);
            await _ada.PostAsync("/api/deployments/reconcile", "");
        }

        (await _ada.PostAsync("/api/deployments/churn/rollback", new { })).ShouldBeProblem(HttpStatusCode.BadRequest, "rollback.no_reason");
        var back = (await _ada.PostAsync("/api/deployments/churn/rollback", new { reason = "complaints" })).ShouldBeOk();
        (back.Text("id"), back.Text("state"), back.Text("outcome")).ShouldBe((id, "rolled_back", "complaints"));
        (await _ada.InferAsync("churn", "anybody")).Version.ShouldBe("1");
        (await _ada.GetAsync("/api/models/churn"))["versions"].EnumerateArray().Select(version => version.GetProperty("stage").GetString()).ShouldBe(["production", "archived"]);
        (await _ada.PostAsync("/api/deployments/churn/rollback", new { reason = "again" })).ShouldBeProblem(HttpStatusCode.Conflict, "rollback.first");
    }

    [Fact]
    public async Task Deploy_VersionThatDoesNotLoad_IsRefusedAndTheRunningOneStays()
    {
        var broken = await _server.RegisterStumpAsync("churn", folder => File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.XGBoost), """{"learner": "gone"}"""));
        await ApproveAsync("churn", broken);
        var refused = await DeployAsync(broken);
        ((int)refused.Status).ShouldBeInRange(400, 499);
        refused.Text("fix").ShouldNotBeEmpty();
        (await _ada.InferAsync("churn", "k")).Version.ShouldBe("1");
        (await _ada.GetAsync("/api/deployments"))["deployments"].GetArrayLength().ShouldBe(1);
        (await DeployAsync(broken, new { model = "churn", version = "3", force = true, reason = "really" })).Status.ShouldBe(refused.Status, "force overrides rules, not reality");
        (await DeployAsync(2)).ShouldBeOk();
    }

    [Fact]
    public async Task Deploy_NotApproved_NeedsForceWithReasonAndStandsInTheLedger()
    {
        var version = await _server.RegisterStumpAsync("churn");
        await _ada.PostAsync($"/api/models/churn/versions/{version}/alias", new { alias = "hotfix" });
        (await DeployAsync(0, new { model = "churn", version = "hotfix" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "rollout.not_approved");
        (await DeployAsync(0, new { model = "churn", version = "hotfix", force = true })).ShouldBeProblem(HttpStatusCode.BadRequest, "rollout.no_reason");
        var forced = (await DeployAsync(0, new { model = "churn", version = "hotfix", force = true, reason = "outage", bakeSeconds = 3600 })).ShouldBeOk();
        forced["forced"].GetBoolean().ShouldBeTrue();
        forced["version"].GetInt32().ShouldBe(3);
        var happened = (await _ada.GetAsync($"/api/ledger?subject=deployment:{forced.Text("id")}"))["events"][0];
        (happened.GetProperty("kind").GetString(), happened.GetProperty("actor").GetString()).ShouldBe(("rollout.started", "ada"));
        happened.GetProperty("body").GetProperty("reason").GetString().ShouldBe("outage");
        happened.GetProperty("body").GetProperty("forced").GetBoolean().ShouldBeTrue();

        // The alias moves on; who was deployed by it stays.
        await _ada.PostAsync("/api/models/churn/versions/1/alias", new { alias = "hotfix" });
        (await _ada.GetAsync($"/api/deployments/{forced.Text("id")}"))["deployment"].GetProperty("version").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Deploy_TwoOfOneModel_IsAConflict_AnotherModelIsFree()
    {
        (await DeployAsync(1)).ShouldBeProblem(HttpStatusCode.Conflict, "rollout.live");
        var id = (await DeployAsync(2, new { model = "churn", version = "2", bakeSeconds = 3600 })).ShouldBeOk().Text("id");
        var clash = (await DeployAsync(2)).ShouldBeProblem(HttpStatusCode.Conflict, "rollout.under_way");
        clash.Text("title").ShouldContain(id);
        (await _ada.PostAsync("/api/deployments/churn/rollback", new { reason = "wrong one" })).ShouldBeOk().Text("id").ShouldBe(id);

        await _server.RegisterStumpAsync("loans");
        await ApproveAsync("loans", 1);
        (await DeployAsync(1, new { model = "loans", version = "1" })).ShouldBeOk().Text("state").ShouldBe("live");
        (await _ada.InferAsync("loans", "k")).Version.ShouldBe("1");
        (await _ada.GetAsync("/api/deployments?model=loans"))["deployments"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Abort_Rollout_IsToldAndOnlyOnce()
    {
        var id = (await DeployAsync(2, new { model = "churn", version = "2", bakeSeconds = 3600 })).ShouldBeOk().Text("id");
        (await _ada.PostAsync($"/api/deployments/{id}/abort", "")).ShouldBeOk().Text("outcome").ShouldBe("stopped by ada");
        (await _ada.PostAsync($"/api/deployments/{id}/abort", "")).ShouldBeProblem(HttpStatusCode.Conflict, "rollout.over");
    }

    [Theory]
    [InlineData("GET", "/api/deployments/chrun")]
    [InlineData("GET", "/api/deployments/chrun/verdicts")]
    [InlineData("POST", "/api/deployments/chrun/rollback")]
    [InlineData("POST", "/api/deployments/chrun/abort")]
    public async Task Unknown_Deployment_IsNotFoundAndNamesTheNearest(string method, string path)
    {
        var answer = method == "GET" ? await _ada.GetAsync(path) : await _ada.PostAsync(path, new { reason = "r" });
        answer.ShouldBeProblem(HttpStatusCode.NotFound, "deployment.unknown").Text("fix").ShouldStartWith("Did you mean 'churn'?");
    }

    [Theory]
    [InlineData("""{"model": "chrun"}""", HttpStatusCode.NotFound, "model.unknown", "chrun")]
    [InlineData("""{"model": "churn", "version": "9"}""", HttpStatusCode.NotFound, "model.version-unknown", "'9'")]
    [InlineData("{}", HttpStatusCode.BadRequest, "body.keys", "model: is missing")]
    [InlineData("""{"model": "churn", "step": [10]}""", HttpStatusCode.BadRequest, "body.keys", "step: there is no such key; did you mean 'steps'?")]
    [InlineData("""{"model": "churn", "steps": "10"}""", HttpStatusCode.BadRequest, "body.value", "steps: expected a list, found the text '10'")]
    [InlineData("""{"model": "churn", "steps": [10, "x"]}""", HttpStatusCode.BadRequest, "body.value", "steps")]
    [InlineData("""{"model": "churn", "bakeSeconds": 1e300}""", HttpStatusCode.BadRequest, "rollout.plan", "bakeSeconds")]
    [InlineData("""{"model": "churn", "version": "2", "steps": [50, 10]}""", HttpStatusCode.BadRequest, "rollout.plan", "plan")]
    [InlineData("""{"model": "churn", "minimumRequests": 1.5}""", HttpStatusCode.BadRequest, "body.value", "minimumRequests: expected a whole number, found 1.5")]
    [InlineData("not json", HttpStatusCode.BadRequest, "body.malformed", "not JSON")]
    public async Task Deploy_BadRequest_NamesWhatIsWrong(string body, HttpStatusCode status, string code, string told)
    {
        (await _ada.PostAsync("/api/deployments", body)).ShouldBeProblem(status, code).Text("title").ShouldContain(told);
        (await _ada.GetAsync("/api/deployments"))["deployments"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task List_LongList_PagesWithoutGapsOrRepeats()
    {
        var ids = new List<string> { (await _ada.GetAsync("/api/deployments/churn"))["deployment"].GetProperty("id").GetString()! };
        for (var index = 0; index < 5; index++)
        {
            ids.Insert(0, (await DeployAsync(2, new { model = "churn", version = "2", bakeSeconds = 3600 })).ShouldBeOk().Text("id"));
            (await _ada.PostAsync($"/api/deployments/{ids[0]}/abort", new { reason = "next" })).ShouldBeOk();
        }

        var (seen, before) = (new List<string>(), "");
        do
        {
            var page = (await _ada.GetAsync($"/api/deployments?limit=2{before}")).ShouldBeOk();
            page["deployments"].GetArrayLength().ShouldBe(2);
            seen.AddRange(page["deployments"].EnumerateArray().Select(deployment => deployment.GetProperty("id").GetString()!));
            before = page["next"].GetString() is { } next ? $"&before={next}" : "";
        }
        while (before.Length > 0);

        seen.ShouldBe(ids, "the third page is full and says that it is the last");
        (await _ada.GetAsync("/api/deployments?limit=1000000")).ShouldBeOk()["next"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await _ada.GetAsync("/api/deployments?limit=many")).ShouldBeProblem(HttpStatusCode.BadRequest, "http.invalid").Text("title").ShouldContain("expected a whole number, found 'many'");
    }

    private async Task Restart()
    {
        _ada.Dispose();
        await _server.RestartAsync();
        _ada = _server.As("ada");
    }

    private Task<Answer> DeployAsync(int version, object? body = null) => _ada.PostAsync("/api/deployments", body ?? new { model = "churn", version = $"{version}" });

    private async Task ApproveAsync(string model, int version)
    {
        using var bob = _server.As("bob");
        (await bob.PostAsync($"/api/models/{model}/versions/{version}/approve", new { comment = "seen" })).ShouldBeOk();
    }

    private async Task<string> StateAsync(string id) => (await _ada.GetAsync($"/api/deployments/{id}"))["deployment"].GetProperty("state").GetString()!;

    private async Task<Dictionary<string, string>> VersionsAsync(int keys = 100)
    {
        var versions = new Dictionary<string, string>();
        foreach (var key in Enumerable.Range(0, keys).Select(index => $"caller-{index}"))
        {
            versions[key] = (await _ada.InferAsync("churn", key)).Version;
        }

        return versions;
    }
}
