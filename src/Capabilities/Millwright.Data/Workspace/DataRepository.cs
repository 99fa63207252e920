using Millwright.Abstractions.Results;
using Millwright.Data.Store;

namespace Millwright.Data.Workspace;

/// <summary>An opened repository: its folders, configuration, cache, hash index and ignore rules. One per command.</summary>
public sealed class DataRepository
{
    private DataRepository(string root, DataEnvironment environment, DataConfig config, TimeProvider clock)
    {
        Root = root;
        Environment = environment;
        Config = config;
        Clock = clock;
        Ignore = new IgnoreRules(root);
        CacheFolder = CacheDirectory(config) ?? Path.Combine(DvcFolder, "cache");
        Cache = new ObjectStore(CacheFolder, config.Get("cache", "shared") is "group");
        Index = HashIndex.Open(Path.Combine(StateFolder, "hash-index"), root, clock);
        GitRoot = config.IsOn("core", "no_scm") ? null : GitCommand.FindRoot(root);
    }

    /// <summary>Absolute path of the folder that holds <c>.dvc</c>.</summary>
    public string Root { get; }

    /// <summary>Where the command runs.</summary>
    public DataEnvironment Environment { get; }

    /// <summary>The configuration in force.</summary>
    public DataConfig Config { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>What is never looked at.</summary>
    public IgnoreRules Ignore { get; }

    /// <summary>Absolute path of the cache.</summary>
    public string CacheFolder { get; }

    /// <summary>The cache.</summary>
    public ObjectStore Cache { get; }

    /// <summary>Digests of unchanged files.</summary>
    public HashIndex Index { get; }

    /// <summary>The root of the Git repository around it, or null (<c>--no-scm</c>).</summary>
    public string? GitRoot { get; }

    /// <summary><c>.dvc</c>.</summary>
    public string DvcFolder => Path.Combine(Root, ".dvc");

    /// <summary>The folder for what need not survive: locks and files on their way.</summary>
    public string TmpFolder => Path.Combine(DvcFolder, "tmp");

    /// <summary>Where Millwright keeps what it remembers: <c>.millwright</c> of a project, else <c>.dvc/tmp</c>.</summary>
    public string StateFolder => Path.Combine(Root, ".millwright") is var project && Directory.Exists(project) ? project : Path.Combine(TmpFolder, "millwright");

    /// <summary>Git in the repository's folder.</summary>
    public GitCommand Git => new(Root);

    /// <summary>A path below the root as data commands name it: relative, <c>/</c> between the parts.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Whether a path is at or below the root.</summary>
    public bool Contains(string path) => path == Root || path.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Opens the repository around the working folder.</summary>
    public static Result<DataRepository> Open(DataEnvironment environment, TimeProvider clock)
    {
        for (var at = environment.WorkingFolder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Directory.Exists(Path.Combine(at, ".dvc")))
            {
                var root = at;
                return DataConfig.Read(Path.Combine(root, ".dvc"), environment)
                    .Map(config => new DataRepository(root, environment, config, clock));
            }
        }

        return new Problem(
            "data.no-repository",
            "you are not inside of a DVC repository (checked up to mount point '/')",
            "Go to the project's folder, or make it a project with 'mw init' ('mw data init' for the data alone).",
            ProblemKind.NotFound);
    }

    private static string? CacheDirectory(DataConfig config)
    {
        var file = config.Files.LastOrDefault(f => f.File.Get("cache", "dir") is not null);
        return file is null ? null : Path.GetFullPath(file.File.Get("cache", "dir")!, Path.GetDirectoryName(file.Path)!);
    }
}
