using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Millwright.Abstractions.Identity;

/// <summary>
/// The digest that identifies content, never a path or a time. <c>md5:</c> is DVC's identity of data (a folder's ends in <c>.dir</c>);
/// <c>sha256:</c> is used for everything else.
/// </summary>
/// <param name="Algorithm"><c>md5</c> or <c>sha256</c>.</param>
/// <param name="Hex">Lower-case hexadecimal, optionally followed by <c>.dir</c>.</param>
public readonly record struct ContentDigest(string Algorithm, string Hex)
{
    /// <summary>Whether the content is a listing of files.</summary>
    public bool IsDirectory => Hex.EndsWith(".dir", StringComparison.Ordinal);

    /// <summary>The SHA-256 digest of these bytes.</summary>
    public static ContentDigest Sha256(ReadOnlySpan<byte> bytes) => new("sha256", Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>The SHA-256 digest of this text as UTF-8.</summary>
    public static ContentDigest Sha256(string text) => Sha256(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads <c>algorithm:hex</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContentDigest digest)
    {
        digest = default;
        if (text?.Split(':') is not [("md5" or "sha256") and var algorithm, { Length: > 0 } hex])
        {
            return false;
        }

        var bare = hex.EndsWith(".dir", StringComparison.Ordinal) ? hex[..^4] : hex;
        if (bare.Length != (algorithm is "md5" ? 32 : 64) || bare.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        digest = new ContentDigest(algorithm, hex);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Algorithm}:{Hex}";
}
