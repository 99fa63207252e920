using Millwright.Abstractions.Content;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Steps;
using Millwright.Registry.Show;
using Millwright.Testing;

namespace Millwright.Registry.Tests.Register;

public sealed class RegisterActionTests
{
    [Fact]
    public async Task Register_ModelWithEvidence_KeepsItWithTheVersion()
    {
        await using var registry = new OpenRegistry();
        var model = Directory.CreateDirectory(registry.Folder["model"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(model, "model.json"), "{}");
        await File.WriteAllTextAsync(registry.Folder["metrics.json"], """{"roc_auc": 0.85, "n": 1486}""");
        await File.WriteAllTextAsync(registry.Folder["gate.json"], """{"verdict": "pass"}""");
        var inputs = new Dictionary<string, string> { ["model"] = model, ["metrics"] = registry.Folder["metrics.json"], ["gate"] = registry.Folder["gate.json"] };

        var run = await StepRun.RunAsync(registry.Get<IStepAction>(), registry.Folder["out"], inputs, """{"name": "churn"}""");

        run.Result.Problem.ShouldBeNull();
        var version = registry.Get<ShowModel>().Run("churn").Value.Versions.ShouldHaveSingleItem();
        version.Metrics["roc_auc"].ShouldBe(0.85);
        version.Tags["gate"].ShouldBe("pass");
        foreach (var file in (string[])["model.json", ModelFiles.Metrics, ModelFiles.Gate])
        {
            (await registry.Get<IContentStore>().OpenAsync(version.Artifact!.Value, file, default)).TryGet(out var stream, out var problem).ShouldBeTrue(problem?.Message);
            await stream!.DisposeAsync();
        }
    }

    [Fact]
    public async Task Register_TwiceByOneRun_IsOneVersion()
    {
        await using var registry = new OpenRegistry();
        var model = Directory.CreateDirectory(registry.Folder["model"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(model, "model.json"), "{}");
        foreach (var attempt in (string[])["a", "b"])
        {
            (await StepRun.RunAsync(registry.Get<IStepAction>(), registry.Folder[attempt], new Dictionary<string, string> { ["model"] = model }, """{"name": "churn"}""")).Result.Problem.ShouldBeNull();
        }

        registry.Get<ShowModel>().Run("churn").Value.Versions.Length.ShouldBe(1);
    }
}
