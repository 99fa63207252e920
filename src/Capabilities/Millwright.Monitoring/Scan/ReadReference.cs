using System.Collections.Concurrent;
using System.Globalization;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Monitoring.Profile;

namespace Millwright.Monitoring.Scan;

/// <summary>The profile that a version's traffic is held against.</summary>
/// <param name="Artifact">Digest of the model folder.</param>
/// <param name="Profile">Profile of its training data.</param>
public sealed record Reference(ContentDigest Artifact, DataProfile Profile);

/// <summary>Reads the training profile out of a version's model folder; versions never change, so it is read once.</summary>
public sealed class ReadReference(IModelCatalog catalog, IContentStore content)
{
    private readonly ConcurrentDictionary<(string, int), Reference> _known = new();

    /// <summary>The reference; a model folder without a profile is a problem that says how to get one.</summary>
    public async Task<Result<Reference>> RunAsync(string model, int version, CancellationToken ct)
    {
        if (_known.TryGetValue((model, version), out var known))
        {
            return known;
        }

        if (!(await catalog.FindAsync(model, version.ToString(CultureInfo.InvariantCulture), ct)).TryGet(out var found, out var problem))
        {
            return problem;
        }

        if (!(await content.OpenAsync(found.Artifact, ModelFiles.Profile, ct)).TryGet(out var stream, out _))
        {
            return new Problem(
                "monitor.no_reference", $"Version {version} of '{model}' has no {ModelFiles.Profile}: its traffic cannot be compared with its training data.",
                "Add a 'profile' step to its pipeline and put its output into the model folder.", ProblemKind.NotFound);
        }

        using var reader = new StreamReader(stream);
        return ProfileText.Read(await reader.ReadToEndAsync(ct)).Map(profile => _known[(model, version)] = new Reference(found.Artifact, profile));
    }
}
