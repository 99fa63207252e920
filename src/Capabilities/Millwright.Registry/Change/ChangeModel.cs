using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Registry.Tag;

namespace Millwright.Registry.Change;

/// <summary>Creates, describes, tags, renames and deletes registered models as a whole.</summary>
public sealed class ChangeModel(IModelStore models, TimeProvider clock)
{
    /// <summary>Creates a model without versions; a name in use is a problem, the last of a tag's values wins.</summary>
    public async Task<Result<ModelState>> CreateAsync(
        string name, string description, IReadOnlyCollection<KeyValuePair<string, string>> tags, Actor actor, CancellationToken ct)
    {
        if (name.Length == 0)
        {
            return RegistryProblems.Missing("name");
        }

        if (tags.Select(tag => TagModel.Check(tag.Key, tag.Value)).FirstOrDefault(problem => problem is not null) is { } wrong)
        {
            return wrong;
        }

        var now = clock.GetUtcNow();
        var model = new RegisteredModel(name, now, now) { Description = description, Tags = Last(tags) };
        return await models.ChangeAsync<ModelState>(
            name,
            state => state is not null ? RegistryProblems.ModelExists(name) : new ModelChange<ModelState>(new ModelState(model, []))
            {
                Model = model,
                Events = [new LedgerDraft(actor, "model.created", Subject.RegisteredModel(name))],
            },
            ct);
    }

    /// <summary>Sets the description.</summary>
    public Task<Result<ModelState>> DescribeAsync(string name, string description, CancellationToken ct) =>
        ChangeAsync(name, model => model with { Description = description, UpdatedAt = clock.GetUtcNow() }, ct);

    /// <summary>Sets a tag.</summary>
    public async Task<Result<ModelState>> TagAsync(string name, string key, string value, CancellationToken ct) =>
        TagModel.Check(key, value) is { } problem ? problem : await ChangeAsync(name, model => model with { Tags = model.Tags.SetItem(key, value) }, ct);

    /// <summary>Removes a tag; one that is not there is fine.</summary>
    public Task<Result<ModelState>> RemoveTagAsync(string name, string key, CancellationToken ct) =>
        ChangeAsync(name, model => model with { Tags = model.Tags.Remove(key) }, ct);

    /// <summary>
    /// Renames a model; versions, tags and aliases move along. A name in use is a problem, its own is none; so is a version with content in
    /// production, which is served under the name.
    /// </summary>
    public async Task<Result<ModelState>> RenameAsync(string name, string newName, Actor actor, CancellationToken ct) =>
        newName.Length == 0 ? RegistryProblems.Missing("new_name")
        : newName == name ? await ChangeAsync(name, model => model with { UpdatedAt = clock.GetUtcNow() }, ct)
        : await models.ChangeAsync<ModelState>(name, state => Rename(state, name, newName, actor, clock.GetUtcNow()), ct);

    /// <summary>Deletes a model with its versions; only the ledger remembers it. One with a version in production that has content stays.</summary>
    public Task<Result<Done>> DeleteAsync(string name, Actor actor, CancellationToken ct) => models.ChangeAsync<Done>(
        name,
        state => state is null ? RegistryProblems.UnknownModel(name)
            : state.Versions.FirstOrDefault(version => version.IsInUse) is { } used ? RegistryProblems.InProduction(used, "deleted")
            : new ModelChange<Done>(Done.Value)
            {
                DeletesModel = true,
                Events = [new LedgerDraft(actor, "model.deleted", Subject.RegisteredModel(name))],
            },
        ct);

    /// <summary>Tags by key; the last of a key wins.</summary>
    internal static ImmutableSortedDictionary<string, string> Last(IEnumerable<KeyValuePair<string, string>> tags) =>
        tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).ToImmutableSortedDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    private Task<Result<ModelState>> ChangeAsync(string name, Func<RegisteredModel, RegisteredModel> change, CancellationToken ct) => models.ChangeAsync<ModelState>(
        name,
        state =>
        {
            if (state is null)
            {
                return RegistryProblems.UnknownModel(name);
            }

            var next = change(state.Model);
            return new ModelChange<ModelState>(state with { Model = next }) { Model = next };
        },
        ct);

    private static Result<ModelChange<ModelState>> Rename(ModelState? state, string name, string newName, Actor actor, DateTimeOffset now)
    {
        if (state is null)
        {
            return RegistryProblems.UnknownModel(name);
        }

        if (state.Versions.FirstOrDefault(version => version.IsInUse) is { } used)
        {
            return RegistryProblems.InProduction(used, "renamed");
        }

        var renamed = new ModelState(state.Model with { Name = newName, UpdatedAt = now }, [.. state.Versions.Select(version => version with { Name = newName })]);
        return new ModelChange<ModelState>(renamed)
        {
            Model = renamed.Model,
            Versions = renamed.Versions,
            DeletesModel = true,
            // Each version's lineage goes on under its new name.
            Events =
            [
                new LedgerDraft(actor, "model.renamed", Subject.RegisteredModel(newName)) { Inputs = [Subject.RegisteredModel(name)], Body = new JsonObject { ["from"] = name } },
                .. renamed.Versions.Select(version => new LedgerDraft(actor, "model.renamed", version.Subject)
                {
                    Inputs = [Subject.Model(name, version.Version)], Body = new JsonObject { ["from"] = name },
                }),
            ],
        };
    }
}
