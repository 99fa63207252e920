using Millwright.Data.Remotes;

namespace Millwright.Cli.Data;

/// <summary><c>mw data remote add</c>.</summary>
internal sealed class RemoteAddVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote add", "Add a new data remote.")
    {
        Operands = [new("name", "", "Name of the remote"), new("url", "", "Remote location. A relative folder is saved relative to the config file.")],
        Options =
        [
            .. Levels.Options,
            new(["-d", "--default"], null, "Set as default remote."),
            new(["-f", "--force"], null, "Force overwriting existing configs"),
        ],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var (arguments, name) = (call.Arguments, call.Arguments.Operand(0)!);
        var isDefault = arguments.Has("--default");
        return Levels.ChangeAsync(
            call,
            repository => new EditConfig().AddRemote(repository, Levels.Of(arguments), name, arguments.Operand(1)!, isDefault, arguments.Has("--force")),
            isDefault ? $"Setting '{name}' as a default remote.\n" : "");
    }
}

/// <summary><c>mw data remote list</c>.</summary>
internal sealed class RemoteListVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote list", "List all available data remotes.")
    {
        Options = [.. Levels.Options, new(["--json"], null, "Show the remotes as JSON.") { IsHidden = true }],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(repository =>
    {
        var remotes = new EditConfig().ListRemotes(repository);
        if (call.Arguments.IsJson)
        {
            call.ShowJson(remotes.Select(r => new KeyValuePair<string, object?>[] { new("name", r.Name), new("url", r.Url), new("default", r.IsDefault) }));
            return Task.FromResult(0);
        }

        call.Show(PlainTable.Render(remotes.Select(r => (string[])[r.Name, r.Url, r.IsDefault ? "(default)" : ""])));
        return Task.FromResult(0);
    });
}

/// <summary><c>mw data remote default</c>.</summary>
internal sealed class RemoteDefaultVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote default", "Set/unset the default data remote.")
    {
        Operands = [new("name", "?", "Name of the remote")],
        Options = [.. Levels.Options, new(["-u", "--unset"], null, "Unset default remote.")],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        if (arguments.Has("--unset"))
        {
            return Levels.ChangeAsync(call, repository => new EditConfig().Set(repository, Levels.Of(arguments), "core", "remote", null));
        }

        return arguments.Operand(0) is { } name
            ? Levels.ChangeAsync(call, repository => new EditConfig().SetDefaultRemote(repository, Levels.Of(arguments), name))
            : call.InRepositoryAsync(repository =>
            {
                call.Show((repository.Config.Get("core", "remote") ?? "No default remote set") + "\n");
                return Task.FromResult(0);
            });
    }
}

/// <summary><c>mw data remote modify</c>.</summary>
internal sealed class RemoteModifyVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote modify", "Modify the configuration of a data remote.")
    {
        Operands = [new("name", "", "Name of the remote"), new("option", "", "Name of the option to modify."), new("value", "?", "(optional) Value of the option.")],
        Options = [.. Levels.Options, new(["-u", "--unset"], null, "Unset option.")],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        return Levels.ChangeAsync(call, repository => new EditConfig().ModifyRemote(
            repository, Levels.Of(arguments), arguments.Operand(0)!, arguments.Operand(1)!, arguments.Has("--unset") ? null : arguments.Operand(2) ?? ""));
    }
}

/// <summary><c>mw data remote remove</c>.</summary>
internal sealed class RemoteRemoveVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote remove", "Remove a data remote.")
    {
        Operands = [new("name", "", "Name of the remote to remove.")],
        Options = Levels.Options,
        Aliases = ["remote rm"],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => Levels.ChangeAsync(
        call, repository => new EditConfig().RemoveRemote(repository, Levels.Of(call.Arguments), call.Arguments.Operand(0)!));
}

/// <summary><c>mw data remote rename</c>.</summary>
internal sealed class RemoteRenameVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote rename", "Rename a data remote.")
    {
        Operands = [new("name", "", "Remote to be renamed"), new("new", "", "New name of the remote")],
        Options = Levels.Options,
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => Levels.ChangeAsync(
        call, repository => new EditConfig().RenameRemote(repository, Levels.Of(call.Arguments), call.Arguments.Operand(0)!, call.Arguments.Operand(1)!));
}
