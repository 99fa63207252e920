using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Registry.Approve;
using Millwright.Registry.Change;
using Millwright.Registry.Promote;
using Millwright.Registry.Reject;
using Millwright.Registry.Show;

namespace Millwright.Registry.Tests.Approve;

public sealed class ApproveModelTests
{
    [Fact]
    public async Task Approve_ByTheAuthor_IsForbiddenAndLeavesNoTrace()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        var refused = (await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Ada, "mine", default)).Problem!;
        (refused.Code, refused.Kind).ShouldBe(("model.own-approval", ProblemKind.Forbidden));
        registry.Get<ShowModel>().Run("churn").Value[1]!.Approvals.ShouldBeEmpty();
        registry.Events.ShouldBe(["model.registered"]);
    }

    [Fact]
    public async Task Approve_OneVersion_DoesNotCountForAnother()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        (await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "", default)).Value.IsApproved.ShouldBeTrue();
        var refused = (await registry.Get<PromoteModel>().RunAsync("churn", 2, Stage.Production, OpenRegistry.Bob, "", default)).Problem!;
        (refused.Code, refused.Kind).ShouldBe(("model.not-approved", ProblemKind.Refused));
        registry.Get<ShowModel>().Run("churn").Value[2]!.Stage.ShouldBe(Stage.None);
    }

    [Fact]
    public async Task Approve_OneModel_DoesNotCountForItsNamesake()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.WithAsync("loans", 1);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "", default);
        (await registry.Get<PromoteModel>().RunAsync("loans", 1, Stage.Production, OpenRegistry.Bob, "", default)).Problem!.Code.ShouldBe("model.not-approved");
    }

    [Fact]
    public async Task Approve_Twice_IsOneApproval()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "seen", default);
        var again = (await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "seen again", default)).Value;
        again.Approvals.ShouldHaveSingleItem().Comment.ShouldBe("seen");
        (await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Eve, "", default)).Value.Approvals.Select(approval => approval.By).ShouldBe([OpenRegistry.Bob, OpenRegistry.Eve]);
        registry.Happened.Skip(1).ShouldBe(["model.approved bob model:churn/1", "model.approved eve model:churn/1"]);
    }

    [Fact]
    public async Task Reject_AfterAnApproval_KeepsTheVersionOutOfProduction()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "", default);
        (await registry.Get<RejectModel>().RunAsync("churn", 1, OpenRegistry.Eve, "leaks the label", default)).Value.IsApproved.ShouldBeFalse();

        await registry.ReopenAsync();
        var refused = (await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Production, OpenRegistry.Bob, "", default)).Problem!;
        (refused.Code, refused.Kind).ShouldBe(("model.rejected", ProblemKind.Refused));
        refused.Message.ShouldContain("eve: leaks the label");
        (await registry.Get<ApproveModel>().RunAsync("churn", 1, new Actor("joe"), "", default)).Value.IsApproved
            .ShouldBeFalse("others do not outvote a rejection");

        (await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Eve, "mended in the features", default)).Value.IsApproved.ShouldBeTrue();
        (await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Production, OpenRegistry.Bob, "", default)).IsOk.ShouldBeTrue();
        registry.Events.ShouldBe(["model.registered", "model.approved", "model.rejected", "model.approved", "model.approved", "model.promoted"]);
    }

    [Fact]
    public async Task Reject_WithoutReasonOrTwice_ChangesNothing()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        var reject = registry.Get<RejectModel>();
        (await reject.RunAsync("churn", 1, OpenRegistry.Bob, " ", default)).Problem!.Code.ShouldBe("model.no-reason");
        await reject.RunAsync("churn", 1, OpenRegistry.Bob, "too old", default);
        await reject.RunAsync("churn", 1, OpenRegistry.Bob, "too old", default);
        (await reject.RunAsync("chrun", 1, OpenRegistry.Bob, "too old", default)).Problem!.Fix.ShouldStartWith("Did you mean 'churn'?");
        registry.Events.ShouldBe(["model.registered", "model.rejected"]);
    }

    [Fact]
    public async Task Reject_ByTheAuthor_Counts()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "", default);
        (await registry.Get<RejectModel>().RunAsync("churn", 1, OpenRegistry.Ada, "wrong data", default)).Value.IsApproved.ShouldBeFalse();
        (await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Ada, "", default)).Problem!.Code.ShouldBe("model.own-approval");
    }

    [Fact]
    public async Task Register_AgainAfterDeletingTheModel_StartsWithoutApprovals()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "", default);
        await registry.Get<ChangeModel>().DeleteAsync("churn", OpenRegistry.Ada, default);
        (await registry.RegisterAsync("churn", "ada", "another")).Approvals.ShouldBeEmpty();
        (await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Production, OpenRegistry.Bob, "", default)).Problem!.Code.ShouldBe("model.not-approved");
    }
}
