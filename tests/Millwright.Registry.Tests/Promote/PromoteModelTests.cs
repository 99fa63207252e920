using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Ledger;
using Millwright.Registry.Approve;
using Millwright.Registry.Promote;
using Millwright.Registry.Show;

namespace Millwright.Registry.Tests.Promote;

public sealed class PromoteModelTests
{
    private static readonly Actor Ada = new("ada");
    private static readonly Actor Bob = new("bob");

    [Fact]
    public async Task Promote_ToProduction_NeedsSomeoneElsesApproval()
    {
        await using var registry = new OpenRegistry();
        await registry.RegisterAsync("churn", "ada", "1");
        var (approve, promote) = (registry.Get<ApproveModel>(), registry.Get<PromoteModel>());

        (await promote.RunAsync("churn", 1, Stage.Production, Ada, "", default)).Problem!.Kind.ShouldBe(ProblemKind.Refused);
        (await approve.RunAsync("churn", 1, Ada, "mine is good", default)).Problem!.Code.ShouldBe("model.own-approval");
        registry.Events.ShouldBe(["model.registered"], "what was refused has changed nothing");

        (await approve.RunAsync("churn", 1, Bob, "reviewed", default)).Value.IsApproved.ShouldBeTrue();
        (await promote.RunAsync("churn", 1, Stage.Production, Ada, "", default)).Value.Stage.ShouldBe(Stage.Production);
        registry.Events.ShouldBe(["model.registered", "model.approved", "model.promoted"]);
    }

    [Fact]
    public async Task Promote_SecondVersion_ArchivesTheFirst()
    {
        await using var registry = new OpenRegistry();
        foreach (var text in (string[])["1", "2"])
        {
            var version = await registry.RegisterAsync("churn", "ada", text);
            await registry.Get<ApproveModel>().RunAsync("churn", version.Version, Bob, "", default);
            await registry.Get<PromoteModel>().RunAsync("churn", version.Version, Stage.Production, Ada, "", default);
        }

        registry.Get<ShowModel>().Run("churn").Value.Versions.Select(version => version.Stage).ShouldBe([Stage.Archived, Stage.Production]);
        registry.Events[^1].ShouldBe("model.archived");
    }

    [Fact]
    public async Task Promote_ToTheStageItIsIn_ChangesNothing()
    {
        await using var registry = new OpenRegistry();
        await registry.RegisterAsync("churn", "ada", "1");
        await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Staging, Ada, "", default);
        (await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Staging, Ada, "", default)).IsOk.ShouldBeTrue();
        registry.Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Promote_UnknownVersion_IsNotFound()
    {
        await using var registry = new OpenRegistry();
        await registry.RegisterAsync("churn", "ada", "1");
        (await registry.Get<PromoteModel>().RunAsync("churn", 7, Stage.Staging, Ada, "", default)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await registry.Get<PromoteModel>().RunAsync("loans", 1, Stage.Staging, Ada, "", default)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task Promote_ToStaging_NeedsNoApprovalAndArchivesNothing()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        var promote = registry.Get<PromoteModel>();
        (await promote.RunAsync("churn", 1, Stage.Staging, Ada, "try it", default)).Value.Stage.ShouldBe(Stage.Staging);
        (await promote.RunAsync("churn", 2, Stage.Staging, Ada, "and this", default)).Value.Stage.ShouldBe(Stage.Staging);
        Stages(registry).ShouldBe([Stage.Staging, Stage.Staging]);
        registry.Happened.Skip(2).ShouldBe(["model.promoted ada model:churn/1", "model.promoted ada model:churn/2"]);
    }

    [Fact]
    public async Task Promote_RefusedVersion_LeavesTheOneInProductionThere()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, Bob, "", default);
        await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Production, Bob, "", default);
        (await registry.Get<PromoteModel>().RunAsync("churn", 2, Stage.Production, Bob, "", default)).Problem!.Code.ShouldBe("model.not-approved");
        Stages(registry).ShouldBe([Stage.Production, Stage.None]);
        registry.Events[^1].ShouldBe("model.promoted");
    }

    [Fact]
    public async Task Promote_FromEveryStage_WaysBackAreOpen()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, Bob, "", default);
        foreach (var stage in (Stage[])[Stage.Staging, Stage.Production, Stage.Archived, Stage.Production, Stage.None])
        {
            (await registry.Get<PromoteModel>().RunAsync("churn", 1, stage, Ada, "", default)).Value.Stage.ShouldBe(stage);
        }

        registry.Events.Count(kind => kind == "model.promoted").ShouldBe(5);
    }

    [Fact]
    public async Task Promote_WithReason_StandsInTheLedgerWithBothStages()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Staging, Bob, "load test", default);
        var happened = registry.Get<ILedgerStore>().Read(new LedgerQuery { Kind = "model.promoted" }).ShouldHaveSingleItem();
        happened.Facts().ToJsonString().ShouldBe("""{"from":"none","to":"staging","reason":"load test"}""");
        happened.Actor.ShouldBe(Bob);
    }

    [Fact]
    public async Task Promote_ManyAtOnce_OneIsInProduction()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 8);
        foreach (var version in Enumerable.Range(1, 8))
        {
            await registry.Get<ApproveModel>().RunAsync("churn", version, Bob, "", default);
        }

        await Task.WhenAll(Enumerable.Range(1, 8).Select(version => registry.Get<PromoteModel>().RunAsync("churn", version, Stage.Production, Bob, "", default)));
        Stages(registry).Count(stage => stage is Stage.Production).ShouldBe(1);
        Stages(registry).Count(stage => stage is Stage.Archived).ShouldBe(7);
        registry.Events.Count(kind => kind == "model.archived").ShouldBe(7);
    }

    [Fact]
    public async Task Promote_MisspeltModel_NamesTheNearest()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        (await registry.Get<PromoteModel>().RunAsync("churm", 1, Stage.Staging, Ada, "", default)).Problem!.Fix.ShouldStartWith("Did you mean 'churn'?");
        (await registry.Get<PromoteModel>().RunAsync("fraud", 1, Stage.Staging, Ada, "", default)).Problem!.Fix.ShouldBe("Run 'mw model list'.");
    }

    [Theory]
    [InlineData("Production", Stage.Production)]
    [InlineData("none", Stage.None)]
    public void StageName_InAnyCase_IsRead(string word, Stage stage) => StageNames.Parse(word).Value.ShouldBe(stage);

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("live")]
    public void StageName_Unknown_NamesTheStages(string word) => StageNames.Parse(word).Problem!.Fix.ShouldBe("Use none, staging, production or archived.");

    private static IEnumerable<Stage> Stages(OpenRegistry registry) => registry.Get<ShowModel>().Run("churn").Value.Versions.Select(version => version.Stage);
}
