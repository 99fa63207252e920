using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Registry.Alias;
using Millwright.Registry.Change;
using Millwright.Registry.Show;

namespace Millwright.Registry.Tests.Alias;

public sealed class SetAliasTests
{
    [Fact]
    public async Task Alias_SetMovedAndRemoved_PointsWhereItWasSaid()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        var set = registry.Get<SetAlias>();
        (await set.RunAsync("churn", "champion", 1, OpenRegistry.Ada, default)).IsOk.ShouldBeTrue();
        (await set.RunAsync("churn", "challenger", 2, OpenRegistry.Ada, default)).IsOk.ShouldBeTrue();
        (await set.RunAsync("churn", "champion", 2, OpenRegistry.Bob, default)).IsOk.ShouldBeTrue();
        registry.Get<ShowModel>().Run("churn").Value.Model.Aliases.ShouldBe(new Dictionary<string, int> { ["challenger"] = 2, ["champion"] = 2 });
        set.Find("churn", "champion").Value.Version.ShouldBe(2);

        (await set.RemoveAsync("churn", "champion", OpenRegistry.Bob, default)).IsOk.ShouldBeTrue();
        set.Find("churn", "champion").Problem!.Code.ShouldBe("alias.unknown");
        registry.Happened.Skip(2).ShouldBe(
            ["alias.set ada model:churn/1", "alias.set ada model:churn/2", "alias.set bob model:churn/2", "alias.removed bob model:churn/2"]);
    }

    [Fact]
    public async Task Alias_ThatStandsSoAlready_ChangesNothing()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        var set = registry.Get<SetAlias>();
        await set.RunAsync("churn", "champion", 1, OpenRegistry.Ada, default);
        await set.RunAsync("churn", "champion", 1, OpenRegistry.Bob, default);
        (await set.RemoveAsync("churn", "never-there", OpenRegistry.Ada, default)).IsOk.ShouldBeTrue();
        registry.Events.Count(kind => kind.StartsWith("alias.", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Alias_InUse_IsResolvedWhenItIsAskedFor()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        var (set, catalog) = (registry.Get<SetAlias>(), registry.Get<IModelCatalog>());
        await set.RunAsync("churn", "champion", 1, OpenRegistry.Ada, default);
        var before = (await catalog.FindAsync("churn", "champion", default)).Value;
        await set.RunAsync("churn", "champion", 2, OpenRegistry.Ada, default);
        before.Version.ShouldBe(1, "who asked before keeps what they got");
        (await catalog.FindAsync("churn", "champion", default)).Value.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Alias_OfADeletedVersion_SaysSoAndHowToMendIt()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        await registry.Get<SetAlias>().RunAsync("churn", "champion", 2, OpenRegistry.Ada, default);
        await registry.Get<ChangeVersion>().DeleteAsync("churn", 2, OpenRegistry.Ada, default);
        var problem = (await registry.Get<IModelCatalog>().FindAsync("churn", "champion", default)).Problem!;
        problem.Kind.ShouldBe(ProblemKind.NotFound);
        problem.Message.ShouldBe("The alias 'champion' of 'churn' points at version 2, which was deleted.");
        problem.Fix.ShouldContain("mw model alias churn VERSION champion");
    }

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("3")]
    [InlineData("v3")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public async Task Alias_ThatCouldMeanSomethingElse_IsRefused(string alias)
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        (await registry.Get<SetAlias>().RunAsync("churn", alias, 1, OpenRegistry.Ada, default)).Problem!.Code.ShouldBe("model.alias");
        registry.Events.ShouldBe(["model.registered"]);
    }

    [Fact]
    public async Task Alias_OfAnUnknownVersionOrModel_IsAProblem()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        (await registry.Get<SetAlias>().RunAsync("churn", "champion", 7, OpenRegistry.Ada, default)).Problem!.Code.ShouldBe("model.version-unknown");
        var unknown = (await registry.Get<SetAlias>().RunAsync("chrun", "champion", 1, OpenRegistry.Ada, default)).Problem!;
        (unknown.Code, unknown.Fix).ShouldBe(("model.unknown", "Did you mean 'churn'? Run 'mw model list' to see all."));
        (await registry.Get<SetAlias>().RemoveAsync("loans", "champion", OpenRegistry.Ada, default)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        registry.Events.ShouldBe(["model.registered"]);
    }

    [Theory]
    [InlineData("champoin", "champion")]
    [InlineData("productoin", "production")]
    public async Task Find_MisspeltAliasOrStage_NamesTheNearest(string word, string meant)
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<SetAlias>().RunAsync("churn", "champion", 1, OpenRegistry.Ada, default);
        (await registry.Get<IModelCatalog>().FindAsync("churn", word, default)).Problem!.Fix.ShouldStartWith($"Did you mean '{meant}'?");
    }
}
