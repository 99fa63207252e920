using System.Net;
using System.Text.Json;
using Millwright.Abstractions.Models;

namespace Millwright.Server.Tests.Registry;

[Trait("Needs", "Server")]
public sealed class EvidenceTests : IAsyncLifetime
{
    private static readonly string[] Parts = ["signature", "metrics", "gate", "fairness", "explanation", "profile"];

    private RunningServer _server = null!;
    private Api _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _api = _server.As("ada");
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Evidence_OfAFolder_IsWhatItsFilesSay()
    {
        await _server.RegisterStumpAsync("churn", async folder =>
        {
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Metrics), """{"roc_auc": 0.84}""");
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Gate), """{"verdict": "pass"}""");
        });
        var evidence = (await _api.GetAsync("/api/models/churn/versions/1/evidence")).ShouldBeOk();
        evidence["metrics"].GetProperty("roc_auc").GetDouble().ShouldBe(0.84);
        evidence["gate"].GetProperty("verdict").GetString().ShouldBe("pass");
        evidence["signature"].GetProperty("classes").GetArrayLength().ShouldBe(2);
        evidence["fairness"].ValueKind.ShouldBe(JsonValueKind.Null);
        evidence["problems"].GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("{\"learner\": {}}")]
    [InlineData("\u0001\u0002 not JSON at all")]
    public async Task Evidence_OfASingleFile_IsNone(string content)
    {
        var file = Path.Combine(_server.ProjectFolder, "model.bin");
        await File.WriteAllTextAsync(file, content);
        await _server.RegisterAsync("single", file);
        ShouldBeNone((await _api.GetAsync("/api/models/single/versions/1/evidence")).ShouldBeOk());
    }

    [Fact]
    public async Task Evidence_OfAFolderWithoutEvidence_IsNone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_server.ProjectFolder, "bare")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Onnx), "x");
        await _server.RegisterAsync("bare", folder);
        ShouldBeNone((await _api.GetAsync("/api/models/bare/versions/1/evidence")).ShouldBeOk());
    }

    [Theory]
    [InlineData("s3://bucket/model.pkl")]
    [InlineData("mlflow-artifacts:/1/2/artifacts/model/model.pkl")]
    public async Task Evidence_OfAVersionNotedByMlflow_IsNone(string source)
    {
        await _api.PostAsync("/api/2.0/mlflow/registered-models/create", new { name = "noted" });
        (await _api.PostAsync("/api/2.0/mlflow/model-versions/create", new { name = "noted", source })).Status.ShouldBe(HttpStatusCode.OK);
        ShouldBeNone((await _api.GetAsync("/api/models/noted/versions/1/evidence")).ShouldBeOk());
        (await _api.GetAsync("/api/models/noted")).ShouldBeOk()["versions"][0].GetProperty("source").GetString().ShouldBe(source);
    }

    [Fact]
    public async Task Evidence_OfContentThatIsGone_SaysWhatIsMissing()
    {
        await _server.RegisterStumpAsync("churn", folder => File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Gate), """{"verdict": "pass"}"""));
        var artifact = (await _api.GetAsync("/api/models/churn"))["versions"][0].GetProperty("artifact").GetString()!;
        var objects = Directory.EnumerateFiles(Path.Combine(_server.ProjectFolder, ".millwright"), "*", SearchOption.AllDirectories)
            .Where(file => artifact.EndsWith(Path.GetFileName(Path.GetDirectoryName(file)) + Path.GetFileName(file), StringComparison.Ordinal));
        File.Delete(objects.ShouldHaveSingleItem());
        var evidence = (await _api.GetAsync("/api/models/churn/versions/1/evidence")).ShouldBeOk();
        evidence["gate"].ValueKind.ShouldBe(JsonValueKind.Null);
        evidence["problems"][0].GetString()!.ShouldContain(artifact);
    }

    [Fact]
    public async Task Evidence_FileThatIsNoJson_IsNamedAndTheOthersAreShown()
    {
        await _server.RegisterStumpAsync("churn", async folder =>
        {
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Metrics), """{"roc_auc": 0.84}""");
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Gate), "verdict: pass");
        });
        var evidence = (await _api.GetAsync("/api/models/churn/versions/1/evidence")).ShouldBeOk();
        evidence["metrics"].GetProperty("roc_auc").GetDouble().ShouldBe(0.84);
        evidence["gate"].ValueKind.ShouldBe(JsonValueKind.Null);
        evidence["problems"][0].GetString()!.ShouldStartWith("gate.json is not JSON");
    }

    private static void ShouldBeNone(Answer evidence)
    {
        foreach (var part in Parts)
        {
            evidence[part].ValueKind.ShouldBe(JsonValueKind.Null, part);
        }

        evidence["problems"].GetArrayLength().ShouldBe(0);
    }
}
