using System.Globalization;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Registry.Promote;
using Millwright.Registry.Register;

namespace Millwright.Registry.Catalog;

/// <summary>The registry as other capabilities see it.</summary>
internal sealed class ModelCatalog(IModelStore models, RegisterModel register, PromoteModel promote) : IModelCatalog
{
    public Task<Result<CatalogModel>> FindAsync(string name, string? version, CancellationToken ct) => Task.FromResult(Find(name, version));

    public async Task<Result<CatalogModel>> RegisterAsync(NewModelVersion version, CancellationToken ct) =>
        (await register.RunAsync(version, ct)).Then(From);

    public async Task<Result<CatalogModel>> PromoteAsync(string name, int version, string stage, Actor actor, string reason, CancellationToken ct) =>
        StageNames.Parse(stage).TryGet(out var to, out var problem)
            ? (await promote.RunAsync(name, version, to, actor, reason, ct)).Then(From)
            : problem;

    private Result<CatalogModel> Find(string name, string? version)
    {
        if (models.Find(name) is not { } state)
        {
            return RegistryProblems.UnknownModel(name, models);
        }

        var found = version switch
        {
            null or "latest" => state.Versions.LastOrDefault(),
            _ when int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => state[number],
            _ when state.Model.Aliases.TryGetValue(version, out var aliased) => state[aliased],
            _ when StageNames.Parse(version).TryGet(out var stage, out _) => state.In(stage),
            _ => null,
        };
        return found is null ? RegistryProblems.UnknownVersion(state, version ?? "latest") : From(found);
    }

    private static Result<CatalogModel> From(ModelVersion version) => version.Artifact is { } artifact
        ? new CatalogModel(version.Name, version.Version, artifact, StageNames.Of(version.Stage), version.RunId, version.Author) { IsApproved = version.IsApproved }
        : new Problem("model.no-artifact", $"{version.Subject} has no files here; a client registered it at '{version.Source}'.", "Register it from a run whose artifacts this server keeps.", ProblemKind.NotFound);
}
