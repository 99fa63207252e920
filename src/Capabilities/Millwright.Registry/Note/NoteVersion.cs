using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Registry.Change;
using Millwright.Registry.Tag;

namespace Millwright.Registry.Note;

/// <summary>A version whose files lie at a URI.</summary>
/// <param name="Name">Registered model; must exist.</param>
/// <param name="Source">URI of the files.</param>
/// <param name="Author">Who.</param>
public sealed record NotedVersion(string Name, string Source, Actor Author)
{
    /// <summary>The run that made it; need not be known here.</summary>
    public string? RunId { get; init; }

    /// <summary>Where the run can be seen; may be empty.</summary>
    public string RunLink { get; init; } = "";

    /// <summary>The logged model that it was made from; may be empty.</summary>
    public string LoggedModel { get; init; } = "";

    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>The last of a key wins.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Tags { get; init; } = [];
}

/// <summary>
/// Notes a version whose files lie elsewhere, as MLflow's clients do. It cannot be served, because its content is not known; the
/// <c>register</c> step makes versions that can.
/// </summary>
public sealed class NoteVersion(IModelStore models, TimeProvider clock)
{
    /// <summary>The new version. Local paths and paths with <c>..</c> are problems: a server must not be talked into handing out its own files.</summary>
    public async Task<Result<ModelVersion>> RunAsync(NotedVersion wanted, CancellationToken ct) =>
        (VersionSource.Check(wanted.Source, models) ?? wanted.Tags.Select(tag => TagModel.Check(tag.Key, tag.Value)).FirstOrDefault(problem => problem is not null)) is { } problem
            ? problem
            : await models.ChangeAsync<ModelVersion>(wanted.Name, state => Decide(state, wanted, clock.GetUtcNow()), ct);

    private static Result<ModelChange<ModelVersion>> Decide(ModelState? state, NotedVersion wanted, DateTimeOffset now)
    {
        if (state is null)
        {
            return RegistryProblems.UnknownModel(wanted.Name);
        }

        var version = new ModelVersion(wanted.Name, state.Model.LastVersion + 1, wanted.Author, now)
        {
            Source = wanted.Source,
            RunId = wanted.RunId,
            RunLink = wanted.RunLink,
            LoggedModel = wanted.LoggedModel,
            Description = wanted.Description,
            Tags = ChangeModel.Last(wanted.Tags),
        };
        return new ModelChange<ModelVersion>(version)
        {
            Model = state.Model with { LastVersion = version.Version, UpdatedAt = now },
            Versions = [version],
            Events =
            [
                new LedgerDraft(wanted.Author, "model.registered", version.Subject)
                {
                    Inputs = wanted.RunId is { } run ? [Subject.Run(run)] : [],
                    Body = new JsonObject { ["source"] = wanted.Source },
                },
            ],
        };
    }
}
