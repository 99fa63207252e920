using Millwright.Abstractions.Results;
using Millwright.Registry.Alias;
using Millwright.Registry.Approve;
using Millwright.Registry.Change;
using Millwright.Registry.List;
using Millwright.Registry.Promote;
using Millwright.Registry.Show;

namespace Millwright.Registry.Tests.Change;

public sealed class ChangeModelTests
{
    [Fact]
    public async Task Create_NameInUse_IsAConflictAndChangesNothing()
    {
        await using var registry = new OpenRegistry();
        (await registry.Get<ChangeModel>().CreateAsync("churn", "first", [], OpenRegistry.Ada, default)).IsOk.ShouldBeTrue();
        (await registry.Get<ChangeModel>().CreateAsync("churn", "second", [], OpenRegistry.Ada, default)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        registry.Get<ShowModel>().Run("churn").Value.Model.Description.ShouldBe("first");
        registry.Events.ShouldBe(["model.created"]);
    }

    [Fact]
    public async Task Rename_Model_TakesVersionsAliasesAndApprovalsAlong()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        await registry.Get<SetAlias>().RunAsync("churn", "champion", 1, OpenRegistry.Ada, default);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "", default);
        (await registry.Get<ChangeModel>().RenameAsync("churn", "attrition", OpenRegistry.Ada, default)).IsOk.ShouldBeTrue();
        var state = registry.Get<ShowModel>().Run("attrition").Value;
        state.Versions.Select(version => version.Version).ShouldBe([1, 2]);
        state.Model.Aliases["champion"].ShouldBe(1);
        state[1]!.IsApproved.ShouldBeTrue();
        registry.Get<ShowModel>().Run("churn").Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await registry.RegisterAsync("attrition", "ada", "3")).Version.ShouldBe(3);
        registry.Happened.ShouldContain("model.renamed ada model:attrition/1");
    }

    [Fact]
    public async Task Rename_ToANameInUse_ChangesNothing()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.WithAsync("loans", 1);
        var events = registry.Events.Count;
        (await registry.Get<ChangeModel>().RenameAsync("churn", "loans", OpenRegistry.Ada, default)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        registry.Get<ListModels>().Run(null, 10).Models.Select(state => state.Model.Name).ShouldBe(["churn", "loans"]);
        registry.Get<ShowModel>().Run("churn").Value.Versions.Length.ShouldBe(1);
        registry.Events.Count.ShouldBe(events);
    }

    [Fact]
    public async Task DeleteOrRename_WhatIsInProduction_IsRefusedUntilItIsTakenOut()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "", default);
        await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Production, OpenRegistry.Bob, "", default);
        var events = registry.Events.Count;
        (await registry.Get<ChangeVersion>().DeleteAsync("churn", 1, OpenRegistry.Ada, default)).Problem!.Code.ShouldBe("model.in-production");
        (await registry.Get<ChangeModel>().DeleteAsync("churn", OpenRegistry.Ada, default)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        (await registry.Get<ChangeModel>().RenameAsync("churn", "attrition", OpenRegistry.Ada, default)).Problem!.Message.ShouldContain("renamed");
        registry.Events.Count.ShouldBe(events);

        await registry.Get<PromoteModel>().RunAsync("churn", 1, Stage.Archived, OpenRegistry.Bob, "", default);
        (await registry.Get<ChangeModel>().DeleteAsync("churn", OpenRegistry.Ada, default)).IsOk.ShouldBeTrue();
        registry.Get<ListModels>().Run(null, 10).Models.ShouldBeEmpty();
        registry.Happened[^1].ShouldBe("model.deleted ada model:churn");
    }

    [Fact]
    public async Task Delete_Version_IsGoneAndRemembered()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        (await registry.Get<ChangeVersion>().DeleteAsync("churn", 1, OpenRegistry.Bob, default)).IsOk.ShouldBeTrue();
        (await registry.Get<ChangeVersion>().DeleteAsync("churn", 1, OpenRegistry.Bob, default)).Problem!.Code.ShouldBe("model.version-unknown");
        (await registry.Get<ApproveModel>().RunAsync("churn", 1, OpenRegistry.Bob, "", default)).Problem!.Code.ShouldBe("model.version-unknown");
        registry.Happened.Skip(2).ShouldBe(["model.deleted bob model:churn/1"]);
    }

    [Fact]
    public async Task List_LongList_PagesWithoutGapsOrRepeats()
    {
        await using var registry = new OpenRegistry();
        var names = Enumerable.Range(0, 25).Select(index => $"m{index:00}").ToList();
        foreach (var name in names)
        {
            await registry.Get<ChangeModel>().CreateAsync(name, "", [], OpenRegistry.Ada, default);
        }

        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var (page, next) = registry.Get<ListModels>().Run(after, 10);
            seen.AddRange(page.Select(state => state.Model.Name));
            after = next;
        }
        while (after is not null);

        seen.ShouldBe(names);
        registry.Get<ListModels>().Run(null, 25).Next.ShouldBeNull("the last page says that it is the last");
    }
}
