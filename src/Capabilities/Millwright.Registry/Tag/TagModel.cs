using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Tag;

/// <summary>Sets or removes a tag of a version.</summary>
public sealed class TagModel(IModelStore models, TimeProvider clock)
{
    /// <summary>A null value removes the tag; removing one that is not there changes nothing.</summary>
    public async Task<Result<ModelVersion>> RunAsync(string name, int version, string key, string? value, Actor actor, CancellationToken ct) =>
        key.Length is 0 or > 250
            ? new Problem("model.tag", $"'{key}' cannot be a tag's key.", "Use 1 to 250 characters.")
            : await models.ChangeAsync<ModelVersion>(name, state => Decide(state, name, version, (key, value), actor, clock.GetUtcNow()), ct);

    private static Result<ModelChange<ModelVersion>> Decide(ModelState? state, string name, int number, (string Key, string? Value) tag, Actor actor, DateTimeOffset now) =>
        RegistryProblems.Find(state, name, number).Map(version =>
        {
            var tags = tag.Value is null ? version.Tags.Remove(tag.Key) : version.Tags.SetItem(tag.Key, tag.Value);
            if (tags == version.Tags)
            {
                return new ModelChange<ModelVersion>(version);
            }

            var tagged = version with { Tags = tags, UpdatedAt = now };
            return new ModelChange<ModelVersion>(tagged)
            {
                Versions = [tagged],
                Events = [new LedgerDraft(actor, "model.tagged", version.Subject) { Body = new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value } }],
            };
        });
}
