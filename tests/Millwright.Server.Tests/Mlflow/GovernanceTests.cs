using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;

namespace Millwright.Server.Tests.Mlflow;

/// <summary>MLflow's protocol is no way around the registry's rules, and reaches what the registry keeps.</summary>
public sealed class GovernanceTests
{
    private const string Api = "/api/2.0/mlflow/";

    [Fact]
    public async Task Transition_OfAServableVersion_NeedsSomeoneElsesApproval()
    {
        await using var server = await WithModelAsync();
        using var http = server.Client();
        var move = new { name = "churn", version = "1", stage = "Production", archive_existing_versions = true };
        var refused = await http.PostAsJsonAsync(Api + "model-versions/transition-stage", move);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await JsonAsync(refused)).GetProperty("error_code").GetString().ShouldBe("PERMISSION_DENIED");

        using var approval = new HttpRequestMessage(HttpMethod.Post, "/api/models/churn/versions/1/approve") { Content = JsonContent.Create(new { comment = "seen" }) };
        approval.Headers.Add("X-Millwright-Actor", "bob");
        (await http.SendAsync(approval)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var moved = await JsonAsync(await http.PostAsJsonAsync(Api + "model-versions/transition-stage", move));
        moved.GetProperty("model_version").GetProperty("current_stage").GetString().ShouldBe("Production");
    }

    [Fact]
    public async Task Delete_OfWhatIsInProduction_IsRefused()
    {
        await using var server = await WithModelAsync();
        using var http = server.Client();
        using var bob = server.As("bob");
        await bob.PostAsync("/api/models/churn/versions/1/approve", "");
        (await bob.PostAsync("/api/models/churn/versions/1/promote", new { stage = "production" })).ShouldBeOk();
        foreach (var (method, call, body) in new[]
        {
            ("DELETE", "registered-models/delete", """{"name": "churn"}"""),
            ("DELETE", "model-versions/delete", """{"name": "churn", "version": "1"}"""),
            ("POST", "registered-models/rename", """{"name": "churn", "new_name": "gone"}"""),
        })
        {
            var refused = await bob.SendAsync(new HttpMethod(method), Api + call, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
            refused.Status.ShouldBe(HttpStatusCode.BadRequest, call);
            refused.Text("error_code").ShouldBe("INVALID_STATE");
            refused.Text("message").ShouldContain("in production");
        }

        (await bob.GetAsync("/api/models/churn")).ShouldBeOk()["versions"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task RegisteredVersion_IsDownloadedThroughTheArtifactProxy()
    {
        await using var server = await WithModelAsync();
        using var http = server.Client();
        var uri = (await http.GetFromJsonAsync<JsonElement>(Api + "model-versions/get-download-uri?name=churn&version=1")).GetProperty("artifact_uri").GetString()!;
        uri.ShouldStartWith("mlflow-artifacts:/");
        (await http.GetStringAsync($"/api/2.0/mlflow-artifacts/artifacts/{uri["mlflow-artifacts:/".Length..]}/model.json")).ShouldBe("{}");
    }

    private static async Task<RunningServer> WithModelAsync()
    {
        var server = await RunningServer.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(server.ProjectFolder, "model")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.XGBoost), "{}");
        var artifact = await server.Services.GetRequiredService<IContentStore>().PutAsync(folder, default);
        (await server.Services.GetRequiredService<IModelCatalog>().RegisterAsync(new NewModelVersion("churn", artifact, new Actor("ada")), default)).IsOk.ShouldBeTrue();
        return server;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>();
}
