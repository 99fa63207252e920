using Millwright.Abstractions.Results;

namespace Millwright.Tracking.Artifacts;

/// <summary>
/// A path below the artifact folder that cannot lead out of it: relative, with <c>/</c>, no <c>..</c> in any encoding, no drive, no URI.
/// </summary>
/// <param name="Value">Normalised; empty for the folder itself.</param>
public readonly record struct ArtifactPath(string Value)
{
    private const int MostDecodings = 10;

    /// <summary>Checks a path as a client sent it, after the transport's own decoding.</summary>
    public static Result<ArtifactPath> Parse(string? path)
    {
        var decoded = path ?? "";
        for (var round = 0; round < MostDecodings; round++)
        {
            var next = Uri.UnescapeDataString(decoded);
            if (next == decoded)
            {
                break;
            }

            decoded = next;
        }

        var parts = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return IsSafe(decoded)
            ? new ArtifactPath(string.Join('/', parts.Where(part => part is not ".")))
            : new Problem("artifact.path", "Invalid path", $"'{path}' must be relative, without '..', drive letters and '#'.");
    }

    /// <summary>A path below this one.</summary>
    public ArtifactPath Child(string name) => new(Value.Length == 0 ? name : name.Length == 0 ? Value : $"{Value}/{name}");

    private static bool IsSafe(string decoded) =>
        !decoded.StartsWith('/') && !decoded.StartsWith('\\')
        && !decoded.Split('/').Contains("..", StringComparer.Ordinal)
        && !decoded.AsSpan().ContainsAny("#\0")
        && !(decoded is [_, ':', ..] && char.IsAsciiLetter(decoded[0]))
        && !decoded.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
}
