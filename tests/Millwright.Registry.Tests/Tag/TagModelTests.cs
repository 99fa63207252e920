using Millwright.Abstractions.Models;
using Millwright.Registry.Change;
using Millwright.Registry.Show;
using Millwright.Registry.Tag;

namespace Millwright.Registry.Tests.Tag;

public sealed class TagModelTests
{
    [Fact]
    public async Task Tag_SetChangedAndRemoved_IsAsSaid()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 2);
        var tag = registry.Get<TagModel>();
        (await tag.RunAsync("churn", 1, "reviewed", "yes", OpenRegistry.Bob, default)).Value.Tags["reviewed"].ShouldBe("yes");
        (await tag.RunAsync("churn", 1, "reviewed", "no", OpenRegistry.Bob, default)).Value.Tags["reviewed"].ShouldBe("no");
        (await tag.RunAsync("churn", 1, "note", "", OpenRegistry.Bob, default)).Value.Tags["note"].ShouldBe("");
        (await tag.RunAsync("churn", 1, "reviewed", null, OpenRegistry.Bob, default)).Value.Tags.Keys.ShouldBe(["note"]);
        registry.Get<ShowModel>().Run("churn").Value[2]!.Tags.ShouldBeEmpty("a tag is of one version");
        registry.Happened.Count(happened => happened == "model.tagged bob model:churn/1").ShouldBe(4);
    }

    [Fact]
    public async Task Tag_ThatStandsSoAlready_ChangesNothing()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await registry.Get<TagModel>().RunAsync("churn", 1, "reviewed", "yes", OpenRegistry.Bob, default);
        var before = registry.Get<ShowModel>().Run("churn").Value[1]!;
        await registry.Get<TagModel>().RunAsync("churn", 1, "reviewed", "yes", OpenRegistry.Eve, default);
        await registry.Get<TagModel>().RunAsync("churn", 1, "absent", null, OpenRegistry.Eve, default);
        registry.Get<ShowModel>().Run("churn").Value[1]!.UpdatedAt.ShouldBe(before.UpdatedAt);
        registry.Events.ShouldBe(["model.registered", "model.tagged"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../up")]
    public async Task Tag_KeyThatDoesNotFit_IsAProblemAndLeavesNothing(string key)
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        (await registry.Get<TagModel>().RunAsync("churn", 1, key, "x", OpenRegistry.Bob, default)).IsOk.ShouldBeFalse();
        (await registry.Get<TagModel>().RunAsync("churn", 1, new string('k', 251), "x", OpenRegistry.Bob, default)).IsOk.ShouldBeFalse();
        (await registry.Get<TagModel>().RunAsync("churn", 9, "k", "x", OpenRegistry.Bob, default)).Problem!.Code.ShouldBe("model.version-unknown");
        (await registry.Get<TagModel>().RunAsync("chrn", 1, "k", "x", OpenRegistry.Bob, default)).Problem!.Fix.ShouldStartWith("Did you mean 'churn'?");
        registry.Events.ShouldBe(["model.registered"]);
    }

    [Fact]
    public async Task Tag_ManyAtOnce_NoneIsLost()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(() => registry.Get<TagModel>().RunAsync("churn", 1, $"k{index}", "v", OpenRegistry.Bob, default))));
        registry.Get<ShowModel>().Run("churn").Value[1]!.Tags.Count.ShouldBe(40);
    }

    [Fact]
    public async Task Tag_OfTheModel_IsNotTheVersions()
    {
        await using var registry = await new OpenRegistry().WithAsync("churn", 1);
        (await registry.Get<ChangeModel>().TagAsync("churn", "team", "risk", default)).IsOk.ShouldBeTrue();
        var state = registry.Get<ShowModel>().Run("churn").Value;
        state.Model.Tags["team"].ShouldBe("risk");
        state[1]!.Tags.ShouldBeEmpty();
        (await registry.Get<ChangeModel>().RemoveTagAsync("churn", "team", default)).Value.Model.Tags.ShouldBeEmpty();
        (await registry.Get<IModelCatalog>().FindAsync("churn", null, default)).IsOk.ShouldBeTrue();
    }
}
