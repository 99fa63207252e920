using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Millwright.Cli.Tests.Data;

/// <summary>Every file below a scratch folder (path, size, MD5, mode) and the texts of the small ones that the tool writes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial record DvcSnapshot(IReadOnlyList<string> Tree, IReadOnlyDictionary<string, string> Texts)
{
    private static readonly string[] TextEndings = [".dvc", ".dir", "dvc.yaml", "dvc.lock", ".gitignore", ".dvcignore", "/.dvc/config", "/.dvc/config.local"];

    public static DvcSnapshot Take(string root)
    {
        var (tree, texts) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        Walk(root, root, "", tree, texts);
        return new DvcSnapshot(tree, texts);
    }

    private static void Walk(string root, string folder, string prefix, List<string> tree, Dictionary<string, string> texts)
    {
        var entries = new DirectoryInfo(folder).GetFileSystemInfos()
            .Where(e => !(e.Name == ".git" || (prefix.Length == 0 && e.Name == "home") || (e.Name == "tmp" && prefix.EndsWith(".dvc/", StringComparison.Ordinal))))
            .ToArray();
        if (entries.Length == 0 && prefix.Length > 0)
        {
            tree.Add(prefix);
        }

        foreach (var entry in entries)
        {
            var name = prefix + entry.Name;
            if (entry.LinkTarget is { } target)
            {
                tree.Add($"{name} -> {target.Replace(root, "$ROOT", StringComparison.Ordinal)}");
            }
            else if (entry is DirectoryInfo)
            {
                Walk(root, entry.FullName, name + "/", tree, texts);
            }
            else if (!Forgotten().IsMatch(name))
            {
                AddFile(root, entry.FullName, name, tree, texts);
            }
        }
    }

    private static void AddFile(string root, string path, string name, List<string> tree, Dictionary<string, string> texts)
    {
        var bytes = File.ReadAllBytes(path);
        var normal = Encoding.UTF8.GetString(bytes).Replace(root, "$ROOT", StringComparison.Ordinal);
        var depends = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(root)) >= 0;
        var md5 = Convert.ToHexStringLower(MD5.HashData(depends ? Encoding.UTF8.GetBytes(normal) : bytes));
        var mode = Convert.ToString((int)File.GetUnixFileMode(path), 8).PadLeft(4, '0');
        tree.Add($"{name}\t{(depends ? "~" : bytes.Length)}\t{(depends ? "~" : "")}{md5}\t{mode}");
        if (Array.Exists(TextEndings, ending => name.EndsWith(ending, StringComparison.Ordinal)) || name.Contains("/runs/", StringComparison.Ordinal))
        {
            texts[name] = normal;
        }
    }

    [GeneratedRegex(@"/\.[\w-]{22}\.tmp$")]
    private static partial Regex Forgotten();
}
