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
