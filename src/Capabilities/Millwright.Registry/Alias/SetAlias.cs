using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Alias;

/// <summary>Points an alias at a version; an alias that exists moves.</summary>
public sealed class SetAlias(IModelStore models)
{
    /// <summary>Letters, digits, '_' and '-', at most 255; not <c>latest</c>, not <c>v1</c>, not a number.</summary>
    public async Task<Result<ModelVersion>> RunAsync(string name, string alias, int version, Actor actor, CancellationToken ct)
    {
        if (!IsAlias(alias))
        {
            return new Problem("model.alias", $"'{alias}' cannot be an alias.", "Use letters, digits, '_' and '-'; not 'latest', not a number and not 'v' with a number.");
        }

        return await models.ChangeAsync<ModelVersion>(name, state => Decide(state, name, alias, version, actor), ct).WithNearestAsync(models, name);
    }

    /// <summary>Removes an alias; one that is not there is fine.</summary>
    public Task<Result<Done>> RemoveAsync(string name, string alias, Actor actor, CancellationToken ct) => models.ChangeAsync<Done>(
        name,
        state => state is null ? RegistryProblems.UnknownModel(name)
            : !state.Model.Aliases.TryGetValue(alias, out var version) ? new ModelChange<Done>(Done.Value)
            : new ModelChange<Done>(Done.Value)
            {
                Model = state.Model with { Aliases = state.Model.Aliases.Remove(alias) },
                Events = [new LedgerDraft(actor, "alias.removed", Subject.Model(name, version)) { Body = new JsonObject { ["alias"] = alias } }],
            },
        ct);

    /// <summary>The version that an alias points at.</summary>
    public Result<ModelVersion> Find(string name, string alias) =>
        models.Find(name) is not { } state || !state.Model.Aliases.TryGetValue(alias, out var version) ? RegistryProblems.UnknownAlias(alias)
        : RegistryProblems.Find(state, name, version);

    internal static bool IsAlias(string alias) =>
        alias.Length is > 0 and <= 255
        && alias.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-')
        && !alias.Equals("latest", StringComparison.OrdinalIgnoreCase)
        && !alias.TrimStart('v', 'V').All(char.IsAsciiDigit);

    private static Result<ModelChange<ModelVersion>> Decide(ModelState? state, string name, string alias, int number, Actor actor) =>
        RegistryProblems.Find(state, name, number).Map(version => new ModelChange<ModelVersion>(version)
        {
            Model = state!.Model with { Aliases = state.Model.Aliases.SetItem(alias, number) },
            Events = state.Model.Aliases.TryGetValue(alias, out var former) && former == number ? [] : [new LedgerDraft(actor, "alias.set", version.Subject) { Body = new JsonObject { ["alias"] = alias } }],
        });
}
