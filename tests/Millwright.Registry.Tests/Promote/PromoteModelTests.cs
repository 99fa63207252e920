using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
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
}
