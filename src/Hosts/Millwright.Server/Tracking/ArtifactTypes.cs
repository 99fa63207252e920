using System.Collections.Frozen;

namespace Millwright.Server.Tracking;

/// <summary>Content types of artifacts by extension, as MLflow serves them: what is text to read is plain text, whatever it means.</summary>
internal static class ArtifactTypes
{
    private static readonly FrozenSet<string> Plain = new[]
    {
        ".txt", ".log", ".err", ".cfg", ".conf", ".cnf", ".cf", ".ini", ".properties", ".prop", ".hocon", ".toml", ".yaml", ".yml", ".xml", ".json",
        ".js", ".py", ".py3", ".csv", ".tsv", ".md", ".rst", ".jsonl",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>
    {
        [".html"] = "text/html", [".htm"] = "text/html", [".css"] = "text/css", [".svg"] = "image/svg+xml", [".png"] = "image/png",
        [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp", [".pdf"] = "application/pdf",
        [".zip"] = "application/zip", [".tar"] = "application/x-tar", [".gz"] = "application/gzip", [".tgz"] = "application/x-tar",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Of(string name)
    {
        if (name is "MLmodel" or "MLProject")
        {
            return "text/plain";
        }

        var extension = Path.GetExtension(name);
        return name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) ? "application/x-tar"
            : Plain.Contains(extension) ? "text/plain"
            : Others.GetValueOrDefault(extension, "application/octet-stream");
    }
}
