using System.Text;
using Millwright.Data.Status;

namespace Millwright.Cli.Data;

/// <summary><c>mw data data status</c>: HEAD, <c>.dvc</c> files and workspace compared.</summary>
internal sealed class DataStatusVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("data status", "Show what was committed, changed or added since the last Git commit.", "mw data data status", "mw data data status --granular --json")
    {
        Operands = [new("targets", "*", "Tracked files, tracked folders or .dvc files; all when none is named.")],
        Options =
        [
            new(["--json"], null, "Print one JSON document."),
            new(["--granular"], null, "Name the files inside tracked folders."),
            new(["--unchanged"], null, "Also what has not changed."),
            new(["--untracked-files"], "{no,all}", "Also files that neither Git nor DVC tracks.") { Implied = "all" },
            new(["--not-in-remote"], null, "Also what the remote lacks."),
            new(["--no-remote-refresh"], null, "Take what was last known of the remote."),
            new(["-r", "--remote"], "<name>", "The remote to compare with."),
        ],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(async repository =>
    {
        var arguments = call.Arguments;
        var request = new CompareRequest(arguments.Has("--granular"), arguments.Value("--untracked-files") is "all", arguments.Has("--not-in-remote"))
        {
            Remote = arguments.Value("--remote"),
        };
        if (!(await new CompareVersions().RunAsync(repository, request, ct)).TryGet(out var report, out var problem))
        {
            return call.Fail(problem);
        }

        if (arguments.IsJson)
        {
            call.ShowJson(Json(report, arguments.Has("--unchanged")));
        }
        else
        {
            call.Show(Render(report, arguments.Has("--unchanged")));
        }

        return 0;
    });

    private static List<KeyValuePair<string, object?>> Json(VersionReport report, bool unchanged)
    {
        var all = new List<KeyValuePair<string, object?>>();
        Add(all, "not_in_cache", report.NotInCache);
        Add(all, "not_in_remote", report.NotInRemote);
        AddChanges(all, "committed", report.Committed);
        AddChanges(all, "uncommitted", report.Uncommitted);
        Add(all, "untracked", report.Untracked);
        Add(all, "unchanged", unchanged ? report.Unchanged : []);
        return all;
    }

    private static void AddChanges(List<KeyValuePair<string, object?>> all, string key, VersionChanges changes)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        var parts = new List<KeyValuePair<string, object?>>();
        Add(parts, "modified", changes.Modified);
        Add(parts, "added", changes.Added);
        Add(parts, "renamed", changes.Renamed.Select(r => new KeyValuePair<string, object?>[] { new("old", r.Old), new("new", r.New) }));
        Add(parts, "deleted", changes.Deleted);
        all.Add(new(key, parts));
    }

    private static void Add<T>(List<KeyValuePair<string, object?>> to, string key, IEnumerable<T> items)
    {
        if (items.Any())
        {
            to.Add(new(key, items));
        }
    }

    private static string Render(VersionReport report, bool unchanged)
    {
        var blocks = new List<string>();
        Block(blocks, "Not in cache:\n  (use \"dvc fetch <file>...\" to download files)", report.NotInCache);
        Block(blocks, "Not in remote:\n  (use \"dvc push <file>...\" to upload files)", report.NotInRemote);
        Block(blocks, "DVC committed changes:\n  (git commit the corresponding dvc files to update the repo)", Lines(report.Committed));
        Block(blocks, "DVC uncommitted changes:\n  (use \"dvc commit <file>...\" to track changes)\n  (use \"dvc checkout <file>...\" to discard changes)", Lines(report.Uncommitted));
        Block(blocks, "Untracked files:\n  (use \"git add <file> ...\" or \"dvc add <file>...\" to commit to git or to dvc)", report.Untracked);
        Block(blocks, "DVC unchanged files:", unchanged ? report.Unchanged : []);
        var other = report.HasOtherChanges ? "(there are other changes not tracked by dvc, use \"git status\" to see)\n" : "";
        return blocks.Count == 0 ? "No changes.\n" + other : string.Join('\n', blocks) + other;
    }

    private static IEnumerable<string> Lines(VersionChanges changes) =>
    [
        .. changes.Modified.Select(path => $"modified: {path}"),
        .. changes.Added.Select(path => $"added: {path}"),
        .. changes.Renamed.Select(r => $"renamed: {r.Old} -> {r.New}"),
        .. changes.Deleted.Select(path => $"deleted: {path}"),
    ];

    private static void Block(List<string> blocks, string title, IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append("        ").Append(line).Append('\n');
        }

        if (text.Length > 0)
        {
            blocks.Add($"{title}\n{text}");
        }
    }
}
