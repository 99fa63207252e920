using Millwright.Data.Remotes;

namespace Millwright.Cli.Data;

/// <summary><c>mw data remote add</c>.</summary>
internal sealed class RemoteAddVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote add", "Name a place that content is pushed to and pulled from.", "mw data remote add -d store ../store")
    {
        Operands = [new("name", "", "Its name."), new("url", "", "The folder; a relative one is kept relative to the configuration file.")],
        Options =
        [
            .. Levels.Options,
            new(["-d", "--default"], null, "Make it the default."),
            new(["-f", "--force"], null, "Replace one of this name."),
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
    public VerbUsage Usage { get; } = new("remote list", "List the remotes.", "mw data remote list", "mw data remote list --json")
    {
        Options = Levels.Options,
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
    public VerbUsage Usage { get; } = new("remote default", "Show or set the default remote.", "mw data remote default store", "mw data remote default --unset")
    {
        Operands = [new("name", "?", "Its name.")],
        Options = [.. Levels.Options, new(["-u", "--unset"], null, "Have no default.")],
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
                var name = repository.Config.Get("core", "remote");
                call.ShowValue("remote", call.Arguments.IsJson ? name : name ?? "No default remote set");
                return Task.FromResult(0);
            });
    }
}

/// <summary><c>mw data remote modify</c>.</summary>
internal sealed class RemoteModifyVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote modify", "Set a value of a remote.", "mw data remote modify store url ../other")
    {
        Operands = [new("name", "", "Its name."), new("option", "", "The key."), new("value", "?", "The value.")],
        Options = [.. Levels.Options, new(["-u", "--unset"], null, "Remove the value.")],
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
    public VerbUsage Usage { get; } = new("remote remove", "Forget a remote; what lies there stays.", "mw data remote remove store")
    {
        Operands = [new("name", "", "Its name.")],
        Options = Levels.Options,
        Aliases = ["remote rm"],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => Levels.ChangeAsync(
        call, repository => new EditConfig().RemoveRemote(repository, Levels.Of(call.Arguments), call.Arguments.Operand(0)!));
}

/// <summary><c>mw data remote rename</c>.</summary>
internal sealed class RemoteRenameVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("remote rename", "Rename a remote.", "mw data remote rename store archive")
    {
        Operands = [new("name", "", "Its name."), new("new", "", "Its new name.")],
        Options = Levels.Options,
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => Levels.ChangeAsync(
        call, repository => new EditConfig().RenameRemote(repository, Levels.Of(call.Arguments), call.Arguments.Operand(0)!, call.Arguments.Operand(1)!));
}
