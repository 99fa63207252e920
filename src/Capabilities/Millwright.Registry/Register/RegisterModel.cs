using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Register;

/// <summary>Registers a model version; the model is created with its first one.</summary>
public sealed class RegisterModel(IModelStore models, TimeProvider clock)
{
    /// <summary>The new version, or the one that the same run made of the same artifact before.</summary>
    public async Task<Result<ModelVersion>> RunAsync(NewModelVersion wanted, CancellationToken ct)
    {
        if (wanted.Name.Length is 0 or > 256 || wanted.Name.AsSpan().ContainsAny('/', ':', '@') || wanted.Name.Any(char.IsControl))
        {
            return new Problem("model.name", $"'{wanted.Name}' cannot be a model's name.", "Use 1 to 256 characters without '/', ':' and '@'.");
        }

        return await models.ChangeAsync<ModelVersion>(wanted.Name, state => Decide(state, wanted, clock.GetUtcNow()), ct);
    }

    internal static ModelChange<ModelVersion> Decide(ModelState? state, NewModelVersion wanted, DateTimeOffset now)
    {
        if (wanted.RunId is not null && state?.Versions.LastOrDefault(version => version.RunId == wanted.RunId && version.Artifact == wanted.Artifact) is { } same)
        {
            return new ModelChange<ModelVersion>(same);
        }

        var model = (state?.Model ?? new RegisteredModel(wanted.Name, now, now)) with { UpdatedAt = now };
        var version = new ModelVersion(wanted.Name, model.LastVersion + 1, wanted.Author, now)
        {
            Artifact = wanted.Artifact,
            RunId = wanted.RunId,
            Pipeline = wanted.Pipeline?.ToString(),
            Commit = wanted.Commit,
            Data = wanted.Data,
            Parameters = wanted.Parameters.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Metrics = wanted.Metrics.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Tags = wanted.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        return new ModelChange<ModelVersion>(version)
        {
            Model = model with { LastVersion = version.Version },
            Versions = [version],
            Events = [Event(version)],
        };
    }

    private static LedgerDraft Event(ModelVersion version) => new(version.Author, "model.registered", version.Subject)
    {
        // The run leads on to the pipeline, the commit and the data; without a run the version itself does.
        Inputs = version.RunId is { } run ? [Subject.Run(run)] : [.. version.Data.Select(Subject.Data), .. version.Commit is { } commit ? [Subject.Commit(commit)] : ImmutableArray<Subject>.Empty],
        Outputs = version.Artifact is { } artifact ? [Subject.Artifact(artifact)] : [],
        Body = new JsonObject
        {
            ["artifact"] = version.Artifact?.ToString(),
            ["data"] = new JsonArray([.. version.Data.Select(data => (JsonNode)data.ToString())]),
            ["metrics"] = new JsonObject(version.Metrics.Where(metric => double.IsFinite(metric.Value)).Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)metric.Value))),
        },
    };
}
