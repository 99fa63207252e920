using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Ledger;
using Millwright.Ledger.Verify;
using Millwright.Registry.Change;
using Millwright.Registry.Note;
using Millwright.Registry.Register;
using Millwright.Registry.Show;

namespace Millwright.Registry.Tests.Register;

public sealed class RegisterModelTests
{
    [Fact]
    public async Task Register_ManyAtOnce_NumbersAreUniqueAndDense()
    {
        await using var registry = new OpenRegistry();
        var made = await Task.WhenAll(Enumerable.Range(0, 60).Select(index => Task.Run(() => registry.RegisterAsync(index % 2 == 0 ? "churn" : "loans", "ada", $"{index}"))));
        foreach (var model in made.GroupBy(version => version.Name))
        {
            model.Select(version => version.Version).Order().ShouldBe(Enumerable.Range(1, 30));
            registry.Get<ShowModel>().Run(model.Key).Value.Versions.Select(version => version.Version).ShouldBe(Enumerable.Range(1, 30));
        }

        registry.Events.Count.ShouldBe(60);
        registry.Get<VerifyLedger>().Run(default).Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task Register_AfterDeletingTheNewest_DoesNotGiveItsNumberAgain()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        (await registry.Get<ChangeVersion>().DeleteAsync("churn", 2, OpenRegistry.Ada, default)).IsOk.ShouldBeTrue();
        (await registry.RegisterAsync("churn", "ada", "3")).Version.ShouldBe(3);
        registry.Get<ShowModel>().Run("churn").Value.Versions.Select(version => version.Version).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task Register_SameRunAndArtifact_IsTheSameVersion()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        var artifact = registry.Get<ShowModel>().Run("churn").Value[1]!.Artifact!.Value;
        var wanted = new NewModelVersion("loans", artifact, OpenRegistry.Ada) { RunId = "r1" };
        var both = await Task.WhenAll(registry.Get<RegisterModel>().RunAsync(wanted, default), registry.Get<RegisterModel>().RunAsync(wanted, default));
        both.Select(made => made.Value.Version).ShouldBe([1, 1]);
        (await registry.Get<RegisterModel>().RunAsync(wanted with { RunId = "r2" }, default)).Value.Version.ShouldBe(2, "another run made the same bytes");
        registry.Happened.Count(happened => happened.Contains("loans", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a@b")]
    [InlineData("a\nb")]
    public async Task Register_NameThatDoesNotFit_IsAProblem(string name)
    {
        await using var registry = new OpenRegistry();
        var problem = (await registry.Get<RegisterModel>().RunAsync(new NewModelVersion(name, ContentDigest.Sha256("x"), OpenRegistry.Ada), default)).Problem!;
        problem.Code.ShouldBe("model.name");
        registry.Models.List(null, 10).ShouldBeEmpty();
        registry.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Register_WithLineage_LeadsFromTheVersionToRunDataAndCommit()
    {
        await using var registry = new OpenRegistry();
        var (model, data) = (ContentDigest.Sha256("model"), ContentDigest.Sha256("data"));
        await registry.Get<RegisterModel>().RunAsync(new NewModelVersion("churn", model, OpenRegistry.Ada) { RunId = "r1", Data = [data], Commit = "c0ffee" }, default);
        await registry.Get<RegisterModel>().RunAsync(new NewModelVersion("churn", model, OpenRegistry.Ada) { Data = [data], Commit = "c0ffee" }, default);
        var happened = registry.Get<ILedgerStore>().Read(new LedgerQuery { Kind = "model.registered" });
        happened[0].Inputs.ShouldBe([Subject.Run("r1")]);
        happened[1].Inputs.ShouldBe([Subject.Data(data), Subject.Commit("c0ffee")]);
        happened[1].Outputs.ShouldBe([Subject.Artifact(model)]);
    }

    [Fact]
    public async Task Note_VersionWhoseFilesLieElsewhere_HasNoContentToServe()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        var noted = (await registry.Get<NoteVersion>().RunAsync(new NotedVersion("churn", "s3://bucket/model", OpenRegistry.Bob), default)).Value;
        noted.Version.ShouldBe(2);
        var problem = (await registry.Get<IModelCatalog>().FindAsync("churn", "2", default)).Problem!;
        problem.Code.ShouldBe("model.no-artifact");
        problem.Message.ShouldContain("s3://bucket/model");
    }
}
