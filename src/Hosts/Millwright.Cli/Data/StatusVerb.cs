using System.Text;
using Millwright.Data.Status;
using Millwright.Data.Workspace;

namespace Millwright.Cli.Data;

/// <summary><c>mw data status</c>: workspace and cache against the <c>.dvc</c> files, or, with <c>-c</c>, the cache against a remote.</summary>
internal sealed class StatusVerb : IDataVerb
{
    private const int LockedCode = 255;

    public VerbUsage Usage { get; } = new("status", "Show what differs from the .dvc files, or between the cache and a remote.", "mw data status", "mw data status --cloud", "mw data status --json")
    {
        Operands = [new("targets", "*", "Tracked files, tracked folders or .dvc files; all when none is named.")],
        Options =
        [
            new(["-j", "--jobs"], "<number>", "Files looked at at once (default: one per processor)."),
            new(["-c", "--cloud"], null, "Compare the cache with a remote."),
            new(["-r", "--remote"], "<name>", "The remote to compare with; implies --cloud."),
            new(["--json"], null, "Print one JSON document."),
        ],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(repository => Task.FromResult(Run(call, repository, ct)));

    private static int Run(DataCall call, DataRepository repository, CancellationToken ct)
    {
        if (call.Arguments.Has("--cloud") || call.Arguments.Has("--remote"))
        {
            return Cloud(call, repository, ct);
        }

        var compared = new DataStatus().Run(repository, call.Arguments.Operands, ct);
        if (!compared.TryGet(out var report, out var problem))
        {
            return call.Fail(problem, problem.Code is "data.locked" ? LockedCode : 1);
        }

        var changed = report.Changed.GroupBy(o => o.Tracked.FilePath).ToArray();
        if (call.Arguments.IsJson)
        {
            call.ShowJson(changed.Select(file => Pair(call.Environment.Show(file.Key), new object?[]
            {
                new[] { Pair("changed outs", file.Select(o => Pair(call.Environment.Show(o.Tracked.Path), Word(o.State)))) },
            })).ToArray());
            return call.IsQuiet && changed.Length > 0 ? 1 : 0;
        }

        if (call.IsQuiet)
        {
            return changed.Length > 0 ? 1 : 0;
        }

        call.Show(changed.Length > 0 ? Render(call, changed)
            : report.Outs.IsEmpty ? "There are no data or pipelines tracked in this project yet.\nSee <https://dvc.org/doc/start> to get started!\n"
            : "Data and pipelines are up to date.\n");
        return 0;
    }

    private static string Render(DataCall call, IEnumerable<IGrouping<string, OutStatus>> changed)
    {
        var text = new StringBuilder();
        foreach (var file in changed)
        {
            text.Append(call.Environment.Show(file.Key)).Append(":\n\tchanged outs:\n");
            foreach (var o in file)
            {
                text.Append("\t\t").Append($"{Word(o.State)}:".PadRight(20)).Append(call.Environment.Show(o.Tracked.Path)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static int Cloud(DataCall call, DataRepository repository, CancellationToken ct)
    {
        if (!new RemoteStatus().Run(repository, call.Arguments.Operands, call.Arguments.Value("--remote"), ct).TryGet(out var report, out var problem))
        {
            return call.Fail(problem);
        }

        var lost = report.Differences.Where(d => d.State is RemoteState.Missing).ToArray();
        if (lost.Length > 0)
        {
            call.Warn("Some of the cache files do not exist neither locally nor on remote. Missing cache files:\n" + string.Join('\n', lost.Select(d => $"name: {d.Path}, md5: {d.Md5}")));
        }

        var shown = report.Differences.Where(d => d.State is not RemoteState.Missing).ToArray();
        if (call.Arguments.IsJson)
        {
            call.ShowJson(shown.Select(d => Pair(d.Path, Word(d.State))).ToArray());
        }
        else
        {
            call.Show(shown.Length == 0
                ? $"Cache and remote '{report.Remote}' are in sync.\n"
                : string.Concat(shown.Select(d => $"\t{$"{Word(d.State)}:",-20}{d.Path}\n")));
        }

        return call.IsQuiet && shown.Length > 0 ? 1 : 0;
    }

    private static KeyValuePair<string, object?> Pair(string key, object? value) => new(key, value);

    private static string Word(OutState state) => state switch
    {
        OutState.Deleted => "deleted",
        OutState.Modified => "modified",
        OutState.New => "new",
        OutState.NotInCache => "not in cache",
        _ => "",
    };

    private static string Word(RemoteState state) => state is RemoteState.New ? "new" : "deleted";
}
