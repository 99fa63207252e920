using System.Diagnostics.CodeAnalysis;
using Millwright.Abstractions.Identity;

namespace Millwright.Abstractions.Content;

/// <summary>
/// Stored content as a URI that MLflow's clients can download: <c>mlflow-artifacts:/content/sha256/HEX[.dir]</c>, answered by the
/// server's artifact proxy.
/// </summary>
public static class ContentUri
{
    /// <summary>The scheme of everything the artifact proxy answers, with the slash.</summary>
    public const string Scheme = "mlflow-artifacts:/";

    /// <summary>The first part of the paths of stored content.</summary>
    public const string Prefix = "content/";

    /// <summary>The URI of some content.</summary>
    public static string Of(ContentDigest digest) => $"{Scheme}{Prefix}{digest.Algorithm}/{digest.Hex}";

    /// <summary>Reads a path <c>content/ALGORITHM/HEX[/file]</c>; the file is empty for the content itself.</summary>
    public static bool TryParsePath(string path, out ContentDigest digest, [NotNullWhen(true)] out string? file)
    {
        var parts = path.Split('/', 4);
        file = parts.Length > 3 ? parts[3] : "";
        digest = default;
        return path.StartsWith(Prefix, StringComparison.Ordinal) && parts.Length >= 3 && ContentDigest.TryParse($"{parts[1]}:{parts[2]}", out digest);
    }
}
