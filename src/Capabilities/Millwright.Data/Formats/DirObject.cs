using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Millwright.Abstractions.Results;

namespace Millwright.Data.Formats;

/// <summary>One file of a tracked folder.</summary>
/// <param name="RelativePath">Below the folder, <c>/</c> between the parts.</param>
/// <param name="Md5">32 lower-case hexadecimal digits.</param>
public readonly record struct DirEntry(string RelativePath, string Md5);

/// <summary>
/// The listing of a tracked folder: a JSON list of <c>{"md5", "relpath"}</c> sorted by code point, ASCII only, stored as an object whose
/// name is the MD5 of these bytes and <c>.dir</c>.
/// </summary>
/// <param name="Entries">Sorted by code point of the path.</param>
public sealed record DirObject(ImmutableArray<DirEntry> Entries)
{
    /// <summary>What a folder's digest ends in.</summary>
    public const string Suffix = ".dir";

    /// <summary>A listing of these entries, sorted.</summary>
    public static DirObject Of(IEnumerable<DirEntry> entries)
    {
        var sorted = entries.ToArray();
        Array.Sort(sorted, (a, b) => CodePoints.Compare(a.RelativePath, b.RelativePath));
        return new DirObject(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(sorted));
    }

    /// <summary>The bytes of the object.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(Entries.Length * 80).Append('[');
        foreach (var entry in Entries)
        {
            text.Append(text.Length > 1 ? ", " : "").Append("{\"md5\": \"").Append(entry.Md5).Append("\", \"relpath\": ");
            PythonJson.AppendString(text, entry.RelativePath);
            text.Append('}');
        }

        return Encoding.ASCII.GetBytes(text.Append(']').ToString());
    }

    /// <summary>The object's name for these bytes.</summary>
    public static string NameOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes)) + Suffix;

    /// <summary>Reads an object. A path that would leave the folder makes it invalid: nothing hostile is ever written.</summary>
    /// <param name="bytes">The object's bytes.</param>
    /// <param name="name">Its name, for the message.</param>
    public static Result<DirObject> Parse(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var entries = ImmutableArray.CreateBuilder<DirEntry>(bytes.Length / 80);
            string? md5 = null, path = null;
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        (md5, path) = (null, null);
                        break;
                    case JsonTokenType.PropertyName when reader.ValueTextEquals("md5"u8):
                        reader.Read();
                        md5 = reader.GetString();
                        break;
                    case JsonTokenType.PropertyName when reader.ValueTextEquals("relpath"u8):
                        reader.Read();
                        path = reader.GetString();
                        break;
                    case JsonTokenType.EndObject when IsDigest(md5) && IsInside(path):
                        entries.Add(new DirEntry(path!, md5!));
                        break;
                    case JsonTokenType.EndObject:
                        return Corrupt(name, $"the entry '{path}' has no valid digest or would leave the folder");
                }
            }

            return new DirObject(entries.DrainToImmutable());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Corrupt(name, e.Message);
        }
    }

    /// <summary>Whether this is the MD5 of a file in the form objects are named by.</summary>
    public static bool IsDigest(string? md5) => md5 is { Length: 32 } && !md5.AsSpan().ContainsAnyExcept(HexDigits);

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static bool IsInside(string? path) =>
        !string.IsNullOrEmpty(path) && path[0] != '/' && !path.Contains('\0', StringComparison.Ordinal)
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    private static Problem Corrupt(string name, string why) => new(
        "data.dir-corrupt",
        $"The folder listing '{name}' is corrupt: {why}.",
        "Delete it from the cache and fetch it again with 'mw data fetch'.");
}
