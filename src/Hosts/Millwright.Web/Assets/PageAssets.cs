using System.Collections.Frozen;

namespace Millwright.Web.Assets;

/// <summary>The bundled scripts and styles inside this assembly. A file's name carries its digest, so it may be cached for ever.</summary>
internal static class PageAssets
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, string> Resources = typeof(PageAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => name, StringComparer.Ordinal);

    /// <summary>URL of a bundle such as <c>site.css</c>.</summary>
    public static string Url(string bundle)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(bundle), Path.GetExtension(bundle));
        return "/" + Prefix + Resources.Keys.Single(name =>
            name.EndsWith(extension, StringComparison.Ordinal) && name.LastIndexOf('-') == stem.Length && name.StartsWith(stem, StringComparison.Ordinal));
    }

    /// <summary>A file's content, gzipped, or null when there is no such file.</summary>
    public static Stream? OpenGzipped(string file) =>
        Resources.TryGetValue(file, out var resource) ? typeof(PageAssets).Assembly.GetManifestResourceStream(resource) : null;
}
