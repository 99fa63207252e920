using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Millwright.Server.Tests.Registry;

[Trait("Needs", "Server")]
public sealed class ModelsEndpointsTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Api _ada = null!;
    private Api _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        (_ada, _bob) = (_server.As("ada"), _server.As("bob"));
        await _server.RegisterStumpAsync("churn");
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        _bob.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Version_FromApprovalToProduction_IsToldAtEveryStep()
    {
        (await _bob.PostAsync("/api/models/churn/versions/1/approve", new { comment = "seen" })).ShouldBeOk()["approved"].GetBoolean().ShouldBeTrue();
        (await _ada.PostAsync("/api/models/churn/versions/1/promote", new { stage = "production", reason = "go" })).ShouldBeOk().Text("stage").ShouldBe("production");
        (await _ada.PostAsync("/api/models/churn/versions/1/alias", new { alias = "champion" })).ShouldBeOk();
        (await _ada.PostAsync("/api/models/churn/versions/1/tag", new { key = "team", value = "risk" })).ShouldBeOk()["tags"].GetProperty("team").GetString().ShouldBe("risk");

        var model = (await _ada.GetAsync("/api/models/churn")).ShouldBeOk();
        model["aliases"].GetProperty("champion").GetInt32().ShouldBe(1);
        var version = model["versions"][0];
        version.GetProperty("approvals")[0].GetProperty("by").GetString().ShouldBe("bob");
        version.GetProperty("author").GetString().ShouldBe("ada");

        (await _ada.PostAsync("/api/models/churn/versions/1/tag", new { key = "team" })).ShouldBeOk()["tags"].EnumerateObject().ShouldBeEmpty();
        (await _ada.DeleteAsync("/api/models/churn/aliases/champion")).ShouldBeOk()["aliases"].EnumerateObject().ShouldBeEmpty();
        var history = (await _ada.GetAsync("/api/models/churn/history")).ShouldBeOk();
        history["events"].EnumerateArray().Select(happened => $"{happened.GetProperty("kind").GetString()} {happened.GetProperty("actor").GetString()}").ShouldBe(
            ["alias.removed ada", "model.tagged ada", "model.tagged ada", "alias.set ada", "model.promoted ada", "model.approved bob", "model.registered ada"]);
    }

    [Fact]
    public async Task Rules_SayNo_WithTheStatusOfTheirKind()
    {
        (await _ada.PostAsync("/api/models/churn/versions/1/approve", new { })).ShouldBeProblem(HttpStatusCode.Forbidden, "model.own-approval");
        (await _ada.PostAsync("/api/models/churn/versions/1/promote", new { stage = "production" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "model.not-approved");
        await _bob.PostAsync("/api/models/churn/versions/1/approve", "");
        (await _bob.PostAsync("/api/models/churn/versions/1/reject", new { reason = "too old" })).ShouldBeOk()["approved"].GetBoolean().ShouldBeFalse();
        (await _ada.PostAsync("/api/models/churn/versions/1/promote", new { stage = "production" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "model.rejected")
            .Text("title").ShouldContain("bob: too old");
    }

    [Theory]
    [InlineData("/api/models/chrun", "model.unknown", "Did you mean 'churn'?")]
    [InlineData("/api/models/chrun/history", "model.unknown", "Did you mean 'churn'?")]
    [InlineData("/api/models/chrun/versions/1/evidence", "model.unknown", "Did you mean 'churn'?")]
    [InlineData("/api/models/churn/versions/9/evidence", "model.version-unknown", "mw model show churn")]
    [InlineData("/api/models/churn/versions/one/evidence", "http.invalid", "openapi")]
    [InlineData("/api/nothing", "http.invalid", "openapi")]
    public async Task Get_UnknownName_IsNotFoundWithAFix(string path, string code, string fix) =>
        (await _ada.GetAsync(path)).ShouldBeProblem(HttpStatusCode.NotFound, code).Text("fix").ShouldContain(fix);

    [Theory]
    [InlineData("approve", "{}")]
    [InlineData("reject", """{"reason": "r"}""")]
    [InlineData("promote", """{"stage": "staging"}""")]
    [InlineData("alias", """{"alias": "champion"}""")]
    [InlineData("tag", """{"key": "k", "value": "v"}""")]
    public async Task Post_UnknownModelOrVersion_IsNotFound(string verb, string body)
    {
        (await _bob.PostAsync($"/api/models/chrun/versions/1/{verb}", body)).ShouldBeProblem(HttpStatusCode.NotFound, "model.unknown").Text("fix").ShouldContain("'churn'");
        (await _bob.PostAsync($"/api/models/churn/versions/9/{verb}", body)).ShouldBeProblem(HttpStatusCode.NotFound, "model.version-unknown");
    }

    [Theory]
    [InlineData("promote", "{}", "body.keys", "stage: is missing")]
    [InlineData("promote", """{"stag": "staging"}""", "body.keys", "stag: there is no such key; did you mean 'stage'?")]
    [InlineData("promote", """{"stage": null}""", "body.value", "stage")]
    [InlineData("promote", """{"stage": 3}""", "body.value", "stage: expected a text, found 3")]
    [InlineData("promote", """{"stage": "live"}""", "model.stage", "'live' is not a stage")]
    [InlineData("promote", "[1]", "body.kind", "a list")]
    [InlineData("promote", "{\n\"stage\": x}", "body.malformed", "line 2")]
    [InlineData("promote", "", "body.keys", "stage: is missing")]
    [InlineData("reject", "{}", "body.keys", "reason: is missing")]
    [InlineData("reject", """{"reason": " "}""", "model.no-reason", "reason")]
    [InlineData("alias", """{"alias": "v1"}""", "model.alias", "'v1'")]
    [InlineData("tag", """{"value": "x"}""", "body.keys", "key: is missing")]
    [InlineData("approve", """{"comment": ["a"]}""", "body.value", "comment: expected a text, found a list")]
    public async Task Post_BadBody_NamesTheKey(string verb, string body, string code, string told)
    {
        var answer = (await _bob.PostAsync($"/api/models/churn/versions/1/{verb}", body)).ShouldBeProblem(HttpStatusCode.BadRequest, code);
        answer.Text("title").ShouldContain(told);
        (await _bob.GetAsync("/api/models/churn/history"))["events"].GetArrayLength().ShouldBe(1, "nothing has happened but the registration");
    }

    [Fact]
    public async Task Post_NotJson_IsRefusedBeforeItIsRead()
    {
        using var form = new FormUrlEncodedContent([new("stage", "staging")]);
        (await _bob.SendAsync(HttpMethod.Post, "/api/models/churn/versions/1/promote", form)).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "http.invalid");
        (await _bob.SendAsync(HttpMethod.Post, "/api/models/churn/versions/1/approve", null)).ShouldBeProblem(HttpStatusCode.BadRequest, "body.type");
        using var bare = new ByteArrayContent(Encoding.UTF8.GetBytes("{}")) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };
        (await _bob.SendAsync(HttpMethod.Post, "/api/models/churn/versions/1/approve", bare)).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "http.invalid");
        (await _bob.SendAsync(HttpMethod.Put, "/api/models/churn", null)).ShouldBeProblem(HttpStatusCode.MethodNotAllowed, "http.invalid");
    }

    [Fact]
    public async Task List_LongList_PagesWithoutGapsOrRepeats()
    {
        for (var index = 0; index < 12; index++)
        {
            await _ada.PostAsync("/api/2.0/mlflow/registered-models/create", new { name = $"m {index:00}&?" });
        }

        var (names, after) = (new List<string>(), "");
        do
        {
            var page = (await _ada.GetAsync($"/api/models?limit=5&after={Uri.EscapeDataString(after)}")).ShouldBeOk();
            names.AddRange(page["models"].EnumerateArray().Select(model => model.GetProperty("name").GetString()!));
            after = page["next"].GetString() ?? "";
        }
        while (after.Length > 0);

        names.ShouldBe(["churn", .. Enumerable.Range(0, 12).Select(index => $"m {index:00}&?")]);
        (await _ada.GetAsync("/api/models/m%2003%26%3F")).ShouldBeOk();
        (await _ada.GetAsync("/api/models?limit=five")).ShouldBeProblem(HttpStatusCode.BadRequest, "http.invalid").Text("title").ShouldContain("limit");
        (await _ada.GetAsync("/api/models?limit=-3")).ShouldBeOk()["models"].GetArrayLength().ShouldBe(1);
    }
}
