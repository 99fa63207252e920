using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Tests.Stores;

/// <summary>What every database under the registry must do. A further database derives from it and opens itself.</summary>
public abstract class RegistryStoreConformance
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, 123, TimeSpan.Zero);

    private protected abstract OpenRegistry Open();

    [Fact]
    public async Task Version_AfterReopening_IsAsItWasSaved()
    {
        await using var registry = Open();
        var version = Version("churn", 1) with
        {
            UpdatedAt = At.AddHours(1), Stage = Stage.Staging, Artifact = ContentDigest.Sha256("a"), Source = "s3://a", RunLink = "http://run", LoggedModel = "m-1",
            RunId = "r1", Pipeline = "pipeline:train@ab", Commit = "c0ffee", Data = [ContentDigest.Sha256("d1"), ContentDigest.Sha256("d2")],
            Parameters = Map(("depth", "6"), ("ünï", "\"quoted\" 'text'")),
            Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("auc", 0.1 + 0.2).Add("nan", double.NaN).Add("inf", double.NegativeInfinity),
            Description = "a\nb", Tags = Map(("team", "risk")),
            Approvals = [new Approval(OpenRegistry.Bob, At, "fine"), new Approval(OpenRegistry.Eve, At.AddTicks(1), "no") { IsRejection = true }],
        };
        var model = new RegisteredModel("churn", At, At.AddDays(1))
        {
            Description = "d", Tags = Map(("k", "v")), Aliases = ImmutableSortedDictionary<string, int>.Empty.Add("champion", 1), LastVersion = 4,
        };
        await SaveAsync(registry, "churn", new ModelChange<int>(0) { Model = model, Versions = [version] });

        await registry.ReopenAsync();
        var read = registry.Models.Find("churn").ShouldNotBeNull();
        Text(read.Model).ShouldBe(Text(model));
        Text(read.Versions.ShouldHaveSingleItem()).ShouldBe(Text(version));
    }

    [Fact]
    public async Task Change_SeesWhatTheOneBeforeLeft()
    {
        await using var registry = Open();
        await SaveAsync(registry, "churn", Made("churn", 1));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => registry.Models.ChangeAsync<int>(
            "churn",
            state => new ModelChange<int>(state!.Model.LastVersion + 1)
            {
                Model = state.Model with { LastVersion = state.Model.LastVersion + 1 }, Versions = [Version("churn", state.Model.LastVersion + 1)],
            },
            default)));
        registry.Models.Find("churn")!.Versions.Select(version => version.Version).ShouldBe(Enumerable.Range(1, 51));
    }

    [Fact]
    public async Task Change_ThatIsRefused_KeepsNothing()
    {
        await using var registry = Open();
        await SaveAsync(registry, "churn", Made("churn", 1));
        var refused = await registry.Models.ChangeAsync<int>("churn", _ => new Problem("no", "No.", "No."), default);
        refused.Problem!.Code.ShouldBe("no");
        await Should.ThrowAsync<InvalidOperationException>(() => registry.Models.ChangeAsync<int>("churn", _ => throw new InvalidOperationException("a bug"), default));
        registry.Events.ShouldBe(["test.made"]);
        registry.Models.Find("churn")!.Versions.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Change_WhoseSavingFails_LeavesNeitherRowsNorEvents()
    {
        await using var registry = Open();
        await SaveAsync(registry, "churn", Made("churn", 1));
        await SaveAsync(registry, "loans", Made("loans", 1));
        var taken = await registry.Models.ChangeAsync<int>("churn", state => Made("loans", 1) with { DeletesModel = true }, default);
        taken.Problem!.Kind.ShouldBe(ProblemKind.Conflict);

        // A version of a model that is not there breaks a rule of the database itself, after its event was appended.
        var orphan = Made("other", 1) with { Model = null };
        await Should.ThrowAsync<Exception>(() => registry.Models.ChangeAsync<int>("other", _ => orphan, default));
        registry.Events.ShouldBe(["test.made", "test.made"]);
        registry.Models.List(null, 10).Select(state => state.Model.Name).ShouldBe(["churn", "loans"]);
    }

    [Fact]
    public async Task DeletedModel_TakesItsVersionsAlong_OthersStay()
    {
        await using var registry = Open();
        await SaveAsync(registry, "churn", Made("churn", 1));
        await SaveAsync(registry, "loans", Made("loans", 1));
        await SaveAsync(registry, "churn", new ModelChange<int>(0) { DeletesModel = true });
        registry.Models.Find("churn").ShouldBeNull();
        await SaveAsync(registry, "churn", new ModelChange<int>(0) { Model = new RegisteredModel("churn", At, At) });
        registry.Models.Find("churn")!.Versions.ShouldBeEmpty();
        registry.Models.Find("loans")!.Versions.Length.ShouldBe(1);
    }

    [Fact]
    public async Task DeletedVersion_IsGone_OthersStay()
    {
        await using var registry = Open();
        await SaveAsync(registry, "churn", Made("churn", 1) with { Versions = [Version("churn", 1), Version("churn", 2)] });
        await SaveAsync(registry, "churn", new ModelChange<int>(0) { Deleted = [1] });
        registry.Models.Find("churn")!.Versions.Select(version => version.Version).ShouldBe([2]);
    }

    [Fact]
    public async Task List_Pages_ByOrdinalName()
    {
        await using var registry = Open();
        foreach (var name in (string[])["b", "a", "Zoo", "ä", "a'b"])
        {
            await SaveAsync(registry, name, Made(name, 1));
        }

        registry.Models.List(null, 2).Select(state => state.Model.Name).ShouldBe(["Zoo", "a"]);
        registry.Models.List("a", 10).Select(state => state.Model.Name).ShouldBe(["a'b", "b", "ä"]);
        registry.Models.Find("zoo").ShouldBeNull("names differ by case");
    }

    private static async Task SaveAsync(OpenRegistry registry, string name, ModelChange<int> change) =>
        (await registry.Models.ChangeAsync<int>(name, _ => change, default)).IsOk.ShouldBeTrue();

    private static ModelChange<int> Made(string name, int version) => new(version)
    {
        Model = new RegisteredModel(name, At, At) { LastVersion = version },
        Versions = [Version(name, version)],
        Events = [new LedgerDraft(OpenRegistry.Ada, "test.made", Subject.RegisteredModel(name))],
    };

    private static ModelVersion Version(string name, int version) => new(name, version, OpenRegistry.Ada, At);

    private static ImmutableSortedDictionary<string, string> Map(params (string Key, string Value)[] entries) =>
        entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    // Records of collections compare by reference.
    private static string Text(RegisteredModel model) =>
        $"{model.Name} {model.CreatedAt:O} {model.UpdatedAt:O} {model.Description} {List(model.Tags)} {List(model.Aliases)} {model.LastVersion}";

    private static string Text(ModelVersion version) => string.Join(
        '|', version.Name, version.Version, version.Author, version.CreatedAt.ToString("O"), version.UpdatedAt.ToString("O"), version.Stage, version.Artifact, version.Source, version.RunLink,
        version.LoggedModel, version.RunId, version.Pipeline, version.Commit, string.Join(',', version.Data), List(version.Parameters),
        string.Join(',', version.Metrics.Select(metric => $"{metric.Key}={metric.Value:R}")), version.Description, List(version.Tags),
        string.Join(',', version.Approvals.Select(given => $"{given.By} {given.At:O} {given.Comment} {given.IsRejection}")));

    private static string List<T>(ImmutableSortedDictionary<string, T> entries) => string.Join(',', entries.Select(entry => $"{entry.Key}={entry.Value}"));
}

/// <summary>SQLite, the embedded default.</summary>
public sealed class SqliteRegistryStoreTests : RegistryStoreConformance
{
    private protected override OpenRegistry Open() => new();
}
