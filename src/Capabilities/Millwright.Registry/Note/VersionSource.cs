using Millwright.Abstractions.Content;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Note;

/// <summary>URIs of the files of versions.</summary>
public static class VersionSource
{
    private const string ModelScheme = "models:/";
    private const int LongestChain = 20;

    /// <summary>The URI of a version's files as clients see it.</summary>
    public static string Of(ModelVersion version) => version.Artifact is { } artifact ? ContentUri.Of(artifact) : version.Source;

    /// <summary>Where the files of a version really lie: <c>models:/NAME/VERSION</c> is followed.</summary>
    public static string Resolve(ModelVersion version, IModelStore models)
    {
        var source = Of(version);
        for (var step = 0; step < LongestChain && Target(source, models) is { } next; step++)
        {
            source = Of(next);
        }

        return source;
    }

    /// <summary>The problem of a source, or null.</summary>
    internal static Problem? Check(string source, IModelStore models) =>
        source.Length == 0 ? RegistryProblems.Missing("source")
        // A scheme of one letter is a Windows drive.
        : source.IndexOf(':', StringComparison.Ordinal) < 2 || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            ? new Problem("source.local", $"Invalid model version source: '{source}'. A local path is not a model version source.", "Upload the files and name their URI.")
        : Uri.UnescapeDataString(source).Split('/').Contains("..", StringComparer.Ordinal)
            ? new Problem("source.relative", $"Invalid model version source: '{source}'. An absolute path must be provided without relative path references present.", "Leave out '..'.")
        : source.StartsWith(ModelScheme, StringComparison.Ordinal) && Target(source, models) is null
            ? new Problem("source.unknown", $"Unable to fetch model from model URI source artifact location '{source}'.", "Name a version that exists.", ProblemKind.NotFound)
        : null;

    private static ModelVersion? Target(string source, IModelStore models)
    {
        if (!source.StartsWith(ModelScheme, StringComparison.Ordinal))
        {
            return null;
        }

        var slash = source.LastIndexOf('/');
        return slash > ModelScheme.Length && int.TryParse(source.AsSpan(slash + 1), out var version) ? models.Find(source[ModelScheme.Length..slash])?[version] : null;
    }
}
