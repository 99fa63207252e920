using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Remotes;

/// <summary>A remote as it is listed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Its address; a local folder as an absolute path.</param>
/// <param name="IsDefault">Whether commands use it when none is named.</param>
public sealed record ListedRemote(string Name, string Url, bool IsDefault);

/// <summary>Reads and changes the configuration: plain keys and remotes. A change is checked before it is written.</summary>
public sealed class EditConfig
{
    /// <summary>Sets <c>section.key</c>, or removes it when the value is null.</summary>
    public Result<Done> Set(DataRepository repository, ConfigLevel level, string section, string key, string? value) => Change(repository, level, file =>
    {
        if (value is not null)
        {
            file.Set(section, key, value);
            return Result.Ok;
        }

        return file.Remove(section, key)
            ? Result.Ok
            : ConfigKeys.Invalid($"option '{key}' doesn't exist in section '{section}'", "'mw data config --list' shows what is set.");
    });

    /// <summary>Adds a remote; a relative folder is stored relative to the config file.</summary>
    public Result<Done> AddRemote(DataRepository repository, ConfigLevel level, string name, string url, bool isDefault, bool force) => Change(repository, level, file =>
    {
        var section = DataConfig.RemoteSection(name);
        if (file.Get(section, "url") is not null && !force)
        {
            return ConfigKeys.Invalid($"remote '{name}' already exists. Use `-f|--force` to overwrite it.");
        }

        // The default stands before the remote, as DVC writes it.
        if (isDefault)
        {
            file.Set("core", "remote", name);
        }

        file.Set(section, "url", Stored(repository, level, url));
        return Result.Ok;
    });

    /// <summary>Sets or removes one option of a remote.</summary>
    public Result<Done> ModifyRemote(DataRepository repository, ConfigLevel level, string name, string option, string? value)
    {
        if (!repository.Config.Remotes.Contains(name))
        {
            return Unknown(name);
        }

        return Set(repository, level, DataConfig.RemoteSection(name), option, option == "url" && value is not null ? Stored(repository, level, value) : value);
    }

    /// <summary>Removes a remote, and the default when it was the default.</summary>
    public Result<Done> RemoveRemote(DataRepository repository, ConfigLevel level, string name) => Change(repository, level, file =>
    {
        if (!file.RemoveSection(DataConfig.RemoteSection(name)))
        {
            return Unknown(name);
        }

        if (file.Get("core", "remote") == name)
        {
            file.Remove("core", "remote");
        }

        return Result.Ok;
    });

    /// <summary>Gives a remote another name, also as the default.</summary>
    public Result<Done> RenameRemote(DataRepository repository, ConfigLevel level, string name, string newName) => Change(repository, level, file =>
    {
        if (repository.Config.Remotes.Contains(newName))
        {
            return ConfigKeys.Invalid($"Rename failed. Remote '{newName}' already exists.");
        }

        if (!file.Sections.Contains(DataConfig.RemoteSection(name)))
        {
            return Unknown(name);
        }

        file.RenameSection(DataConfig.RemoteSection(name), DataConfig.RemoteSection(newName));
        if (file.Get("core", "remote") == name)
        {
            file.Set("core", "remote", newName);
        }

        return Result.Ok;
    });

    /// <summary>Makes a remote the default.</summary>
    public Result<Done> SetDefaultRemote(DataRepository repository, ConfigLevel level, string name) =>
        repository.Config.Remotes.Contains(name)
            ? Set(repository, level, "core", "remote", name)
            : ConfigKeys.Invalid($"default remote must be present in remote list.");

    /// <summary>All remotes.</summary>
    public ImmutableArray<ListedRemote> ListRemotes(DataRepository repository) =>
    [
        .. repository.Config.Remotes.Select(name =>
            new ListedRemote(name, repository.Config.UrlOf(name) ?? "", repository.Config.Get("core", "remote") == name)),
    ];

    /// <summary>Sets the cache folder; a relative one is stored relative to the config file.</summary>
    public Result<Done> SetCacheFolder(DataRepository repository, ConfigLevel level, string? folder) =>
        Set(repository, level, "cache", "dir", folder is null ? null : Stored(repository, level, folder));

    private static string Stored(DataRepository repository, ConfigLevel level, string url) =>
        DataConfig.IsForeign(url) || Path.IsPathRooted(url) || url.StartsWith("file://", StringComparison.Ordinal)
            ? url
            : Path.GetRelativePath(Path.GetDirectoryName(repository.Config.At(level).Path)!, repository.Environment.Absolute(url))
                .Replace(Path.DirectorySeparatorChar, '/');

    private static Result<Done> Change(DataRepository repository, ConfigLevel level, Func<IniFile, Result<Done>> change)
    {
        var target = repository.Config.At(level);
        if (!IniFile.Parse(target.File.ToString()).TryGet(out var file, out var broken))
        {
            return broken;
        }

        if (!change(file).TryGet(out _, out var refused))
        {
            return refused;
        }

        if (ConfigKeys.Check(file) is { } invalid)
        {
            return invalid;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target.Path)!);
        Disk.Replace(target.Path, file.ToString());
        return Result.Ok;
    }

    private static Problem Unknown(string name) => ConfigKeys.Invalid($"remote '{name}' doesn't exist.", "'mw data remote list' shows those there are; 'mw data remote add NAME FOLDER' adds one.");
}
