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
        Check(key, value ?? "") is { } problem
            ? problem
            : await models.ChangeAsync<ModelVersion>(name, state => Decide(state, name, version, (key, value), actor, clock.GetUtcNow()), ct).WithNearestAsync(models, name);

    /// <summary>The problem of a tag, or null: keys have 1 to 250 characters (see <see cref="KeyRule"/>), values at most 100,000.</summary>
    internal static Problem? Check(string key, string value) =>
        key.Length == 0 ? RegistryProblems.Missing("key") : KeyRule.Longest(key, "key", 250) ?? KeyRule.Check(key, "key") ?? KeyRule.Longest(value, "value", 100_000);

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
