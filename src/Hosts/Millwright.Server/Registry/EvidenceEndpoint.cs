using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Contracts.Registry;
using Millwright.Registry;
using Millwright.Registry.Show;
using Millwright.Server.Problems;

namespace Millwright.Server.Registry;

/// <summary>What the model folder of a version says, over HTTP.</summary>
internal static class EvidenceEndpoint
{
    public static void MapEvidence(this IEndpointRouteBuilder models) => models
        .MapGet("/{name}/versions/{version:int}/evidence", RunAsync).WithName("ModelEvidence")
        .WithSummary("Signature, metrics, gate, fairness, explanation and profile of a version.")
        .Answers<ModelEvidenceDto>();

    private static async Task<IResult> RunAsync(ShowModel show, IContentStore content, string name, int version, CancellationToken ct)
    {
        if (!show.Run(name).TryGet(out var state, out var problem))
        {
            return problem.ToHttp();
        }

        if (state[version] is not { } found)
        {
            return RegistryProblems.UnknownVersion(state, version.ToString(CultureInfo.InvariantCulture)).ToHttp();
        }

        var folder = new ModelFolder(content, await FilesAsync(content, found.Artifact, ct));
        var evidence = new ModelEvidenceDto(
            await folder.ReadAsync(ModelFiles.Signature, ct), await folder.ReadAsync(ModelFiles.Metrics, ct), await folder.ReadAsync(ModelFiles.Gate, ct),
            await folder.ReadAsync(ModelFiles.Fairness, ct), await folder.ReadAsync(ModelFiles.Explanation, ct), await folder.ReadAsync(ModelFiles.Profile, ct),
            folder.Problems);
        return TypedResults.Json(evidence, ModelJson.Default.ModelEvidenceDto);
    }

    // A version whose files lie elsewhere, or whose artifact is a single file, has no evidence; one whose content is gone says so.
    private static async Task<(IReadOnlyList<ContentEntry> Files, string? Problem)> FilesAsync(IContentStore content, ContentDigest? artifact, CancellationToken ct) =>
        artifact is not { } digest ? ([], null)
        : (await content.ListAsync(digest, ct)).TryGet(out var files, out var missing) ? (digest.IsDirectory ? files : [], null)
        : ([], missing.Message);

    private sealed class ModelFolder(IContentStore content, (IReadOnlyList<ContentEntry> Files, string? Problem) listed)
    {
        private readonly List<string> _problems = listed.Problem is { } problem ? [problem] : [];

        public IReadOnlyList<string> Problems => _problems;

        public async Task<JsonElement?> ReadAsync(string file, CancellationToken ct)
        {
            if (listed.Files.FirstOrDefault(entry => entry.Path == file) is not { } entry)
            {
                return null;
            }

            if (!(await content.OpenAsync(entry.Digest, null, ct)).TryGet(out var stream, out var missing))
            {
                _problems.Add($"{file}: {missing.Message}");
                return null;
            }

            await using (stream)
            {
                try
                {
                    using var document = await JsonDocument.ParseAsync(stream, default, ct);
                    return document.RootElement.Clone();
                }
                catch (JsonException malformed)
                {
                    _problems.Add($"{file} is not JSON: {malformed.Message}");
                    return null;
                }
            }
        }
    }
}
