using Millwright.Abstractions.Results;
using Millwright.Data.Remotes;
using Millwright.Data.Workspace;

namespace Millwright.Cli.Data;

/// <summary>Which config file a verb is about.</summary>
internal static class Levels
{
    public static IReadOnlyList<VerbOption> Options { get; } =
    [
        new(["--global"], null, "The user's configuration."),
        new(["--system"], null, "The machine's configuration."),
        new(["--project"], null, "The project's configuration, .dvc/config (default)."),
        new(["--local"], null, "This clone's configuration, .dvc/config.local."),
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

        if (call.Arguments.IsJson)
        {
            call.ShowJson(new KeyValuePair<string, object?>[] { new("changed", true) });
        }
        else
        {
            call.Show(done);
        }

        return Task.FromResult(0);
    });
}

/// <summary><c>mw data config</c>.</summary>
internal sealed class ConfigVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("config", "Show or set a value of the configuration.", "mw data config core.autostage true", "mw data config --list --show-origin")
    {
        Operands = [new("name", "?", "SECTION.KEY or remote.NAME.KEY."), new("value", "?", "The value to set; without it the value is shown.")],
        Options =
        [
            .. Levels.Options,
            new(["-u", "--unset"], null, "Remove the value."),
            new(["-l", "--list"], null, "Every value."),
            new(["--show-origin"], null, "With the file that each value comes from."),
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
        call.ShowValue("value", value);
        return 0;
    }

    private static int List(DataCall call, DataRepository repository)
    {
        var level = Levels.Named(call.Arguments);
        var files = repository.Config.Files.Where(f => level is null || f.Level == level);
        var lines = files.SelectMany(f => f.File.Sections.SelectMany(section => f.File.Pairs(section).Select(pair =>
            (f, Name: $"{(DataConfig.RemoteName(section) is { } remote ? $"remote.{remote}" : section)}.{pair.Key}", pair.Value)))).ToArray();
        if (call.Arguments.IsJson)
        {
            call.ShowJson(lines.Select(l => new KeyValuePair<string, object?>[] { new("name", l.Name), new("value", l.Value), new("origin", Origin(repository, l.f)) }));
            return 0;
        }

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
    public VerbUsage Usage { get; } = new("cache dir", "Show or set where the cache lies.", "mw data cache dir", "mw data cache dir /mnt/cache --local")
    {
        Operands = [new("value", "?", "The folder; a relative one is kept relative to the configuration file. Without it the present one is shown.")],
        Options = [.. Levels.Options, new(["-u", "--unset"], null, "Remove the value.")],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        return arguments.Operand(0) is null && !arguments.Has("--unset")
            ? call.InRepositoryAsync(repository =>
            {
                call.ShowValue("cache", repository.CacheFolder);
                return Task.FromResult(0);
            })
            : Levels.ChangeAsync(call, repository => new EditConfig().SetCacheFolder(repository, Levels.Of(arguments), arguments.Has("--unset") ? null : arguments.Operand(0)));
    }
}
