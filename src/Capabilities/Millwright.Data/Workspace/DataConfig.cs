using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;

namespace Millwright.Data.Workspace;

/// <summary>One of DVC's config levels.</summary>
public enum ConfigLevel
{
    /// <summary>For everybody on the machine.</summary>
    System,

    /// <summary>For one user.</summary>
    Global,

    /// <summary>For the repository: <c>.dvc/config</c>, committed to Git.</summary>
    Repository,

    /// <summary>For this clone: <c>.dvc/config.local</c>.</summary>
    Local,
}

/// <summary>A config file of one level.</summary>
/// <param name="Level">Which.</param>
/// <param name="Path">Absolute path; it need not exist.</param>
/// <param name="File">Its content.</param>
public sealed record ConfigFile(ConfigLevel Level, string Path, IniFile File);

/// <summary>The configuration: all levels, the later overriding the earlier.</summary>
/// <param name="Files">From system to local.</param>
public sealed record DataConfig(ImmutableArray<ConfigFile> Files)
{
    /// <summary>Reads every level that exists.</summary>
    public static Result<DataConfig> Read(string? dvcFolder, DataEnvironment environment)
    {
        var files = ImmutableArray.CreateBuilder<ConfigFile>();
        foreach (var (level, path) in Paths(dvcFolder, environment))
        {
            var text = File.Exists(path) ? File.ReadAllText(path) : "";
            if (!IniFile.Parse(text).TryGet(out var file, out var problem))
            {
                return problem with { Fix = $"Correct the named line of '{path}'." };
            }

            if (ConfigKeys.Check(file) is { } unknown)
            {
                return unknown with { Fix = $"Correct the named key in '{path}'; 'mw data config' lists and sets them." };
            }

            files.Add(new ConfigFile(level, path, file));
        }

        return new DataConfig(files.DrainToImmutable());
    }

    /// <summary>The value in force, or null.</summary>
    public string? Get(string section, string key) => Files.Reverse().Select(f => f.File.Get(section, key)).FirstOrDefault(v => v is not null);

    /// <summary>A switch in force; false when it is not set.</summary>
    public bool IsOn(string section, string key) => string.Equals(Get(section, key), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file of one level.</summary>
    public ConfigFile At(ConfigLevel level) => Files.First(f => f.Level == level);

    /// <summary>Names of the remotes, in the order in which the levels name them first.</summary>
    public ImmutableArray<string> Remotes =>
        [.. Files.SelectMany(f => f.File.Sections).Select(RemoteName).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>A remote's address: a local folder as an absolute path, anything else as written; null when there is none.</summary>
    public string? UrlOf(string remote)
    {
        var file = Files.LastOrDefault(f => f.File.Get(RemoteSection(remote), "url") is not null);
        var url = file?.File.Get(RemoteSection(remote), "url");
        return url is null || IsForeign(url) ? url : System.IO.Path.GetFullPath(url, System.IO.Path.GetDirectoryName(file!.Path)!);
    }

    /// <summary>Whether an address names something else than a local folder.</summary>
    public static bool IsForeign(string url) => url.Contains("://", StringComparison.Ordinal) && !url.StartsWith("file://", StringComparison.Ordinal);

    /// <summary>The section of a remote.</summary>
    public static string RemoteSection(string name) => $"remote \"{name}\"";

    /// <summary>The remote a section is about, or null.</summary>
    public static string? RemoteName(string section) =>
        section.StartsWith("remote \"", StringComparison.Ordinal) && section.EndsWith('"') ? section[8..^1] : null;

    private static IEnumerable<(ConfigLevel Level, string Path)> Paths(string? dvcFolder, DataEnvironment environment)
    {
        var home = environment.Variable("HOME") ?? environment.Variable("USERPROFILE") ?? "/";
        var user = environment.Variable("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(home, ".config");
        yield return (ConfigLevel.System, System.IO.Path.Combine(environment.Variable("DVC_SYSTEM_CONFIG_DIR") ?? "/etc/xdg/dvc", "config"));
        yield return (ConfigLevel.Global, System.IO.Path.Combine(environment.Variable("DVC_GLOBAL_CONFIG_DIR") ?? System.IO.Path.Combine(user, "dvc"), "config"));
        if (dvcFolder is not null)
        {
            yield return (ConfigLevel.Repository, System.IO.Path.Combine(dvcFolder, "config"));
            yield return (ConfigLevel.Local, System.IO.Path.Combine(dvcFolder, "config.local"));
        }
    }
}
