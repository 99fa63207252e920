using Millwright.Abstractions.Results;
using Millwright.Data.Remotes;
using Millwright.Data.Workspace;

namespace Millwright.Cli.Data;

/// <summary>Which config file a verb is about.</summary>
internal static class Levels
{
    public static IReadOnlyList<VerbOption> Options { get; } =
    [
        new(["--global"], null, "Use global config."),
        new(["--system"], null, "Use system config."),
        new(["--project"], null, "Use project config (.dvc/config)."),
        new(["--local"], null, "Use local config (.dvc/config.local)."),
    ];

    public static ConfigLevel? Named(VerbArguments arguments) =>
        arguments.Has("--global") ? ConfigLevel.Global
        : arguments.Has("--system") ? ConfigLevel.System
        : arguments.Has("--local") ? ConfigLevel.Local
        : arguments.Has("--project") ? ConfigLevel.Repository
        : null;

    public static ConfigLevel Of(VerbArguments arguments) => Named(arguments) ?? ConfigLevel.Repository;

    public static Task<int> ChangeAsync(DataCall call, Func<DataRepository, Result<Done>> change, string done = "") => call.InRepositoryAsync(repository =>
    {
        if (!change(repository).TryGet(out _, out var problem))
        {
            return Task.FromResult(call.Fail(problem, 251));
        }

        call.Show(done);
        return Task.FromResult(0);
    });
}

/// <summary><c>mw data config</c>.</summary>
internal sealed class ConfigVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("config", "Get or set config options.")
    {
        Operands = [new("name", "?", "Option name (command.option or remote.name.option)."), new("value", "?", "Option value.")],
        Options =
        [
            .. Levels.Options,
            new(["-u", "--unset"], null, "Unset option."),
            new(["-l", "--list"], null, "List all defined config values."),
            new(["--show-origin"], null, "Show the source file containing each config value."),
        ],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        if (arguments.Has("--list"))
        {
            return call.InRepositoryAsync(repository => Task.FromResult(List(call, repository)));
        }

        if (arguments.Operand(0) is not { } name || Split(name) is not { } key)
        {
            return Task.FromResult(call.Fail(new("data.config-name", "name argument should look like section.option", ""), 1));
        }

        return arguments.Operand(1) is null && !arguments.Has("--unset")
            ? call.InRepositoryAsync(repository => Task.FromResult(Get(call, repository, key)))
            : Levels.ChangeAsync(call, repository => new EditConfig().Set(
                repository, Levels.Of(arguments), key.Section, key.Key, arguments.Has("--unset") ? null : arguments.Operand(1)));
    }

    private static int Get(DataCall call, DataRepository repository, (string Section, string Key) key)
    {
        var value = Levels.Named(call.Arguments) is { } level
            ? repository.Config.At(level).File.Get(key.Section, key.Key)
            : repository.Config.Get(key.Section, key.Key);
        if (value is not null)
        {
            call.Show(value + "\n");
        }

        return 0;
    }

    private static int List(DataCall call, DataRepository repository)
    {
        var level = Levels.Named(call.Arguments);
        var files = repository.Config.Files.Where(f => level is null || f.Level == level);
        var lines = files.SelectMany(f => f.File.Sections.SelectMany(section => f.File.Pairs(section).Select(pair =>
            (f, Name: $"{(DataConfig.RemoteName(section) is { } remote ? $"remote.{remote}" : section)}.{pair.Key}", pair.Value)))).ToArray();
        // Of a key that several levels set, the last one counts; with --show-origin each is shown.
        var shown = call.Arguments.Has("--show-origin")
            ? lines.Select(l => $"{Origin(repository, l.f)}\t{l.Name}={l.Value}")
            : lines.Where((l, i) => !lines.Skip(i + 1).Any(later => later.Name == l.Name)).Select(l => $"{l.Name}={l.Value}");
        call.Show(string.Concat(shown.Select(line => line + "\n")));
        return 0;
    }

    private static string Origin(DataRepository repository, ConfigFile file) =>
        file.Level is ConfigLevel.Repository or ConfigLevel.Local ? repository.Environment.Show(file.Path) : file.Path;

    private static (string Section, string Key)? Split(string name) => name.Split('.') switch
    {
        ["remote", var remote, var key] => (DataConfig.RemoteSection(remote), key),
        [var section, var key] => (section, key),
        _ => null,
    };
}

/// <summary><c>mw data cache dir</c>.</summary>
internal sealed class CacheDirVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("cache dir", "Configure cache directory location.")
    {
        Operands = [new("value", "?", "Path to cache directory. Relative paths are resolved relative to the current directory and saved to config relative to the config file location. If no path is provided, it returns the current cache directory.")],
        Options = [.. Levels.Options, new(["-u", "--unset"], null, "Unset option.")],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        return arguments.Operand(0) is null && !arguments.Has("--unset")
            ? call.InRepositoryAsync(repository =>
            {
                call.Show(repository.CacheFolder + "\n");
                return Task.FromResult(0);
            })
            : Levels.ChangeAsync(call, repository => new EditConfig().SetCacheFolder(repository, Levels.Of(arguments), arguments.Has("--unset") ? null : arguments.Operand(0)));
    }
}
