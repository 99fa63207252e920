using System.Buffers;
using Millwright.Data.Add;
using Millwright.Data.Workspace;

namespace Millwright.Cli.Data;

/// <summary><c>mw data add</c>.</summary>
internal sealed class AddVerb : IDataVerb
{
    private static readonly SearchValues<char> Safe = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_");

    public VerbUsage Usage { get; } = new("add", "Track data files or directories with DVC.", "mw data add data/customers.csv", "mw data add --glob 'images/*.png'")
    {
        Operands = [new("targets", "+", "Input files/directories to add.")],
        Options =
        [
            new(["--no-commit"], null, "Don't put files/directories into cache."),
            new(["--glob"], null, "Allows targets containing shell-style wildcards."),
            new(["-o", "--out"], "<path>", "Destination path to put files to.") { IsUnsupported = true },
            new(["--to-remote"], null, "Download it directly to the remote") { IsUnsupported = true },
            new(["-r", "--remote"], "<name>", "Remote storage to download to") { IsUnsupported = true },
            new(["--remote-jobs"], "<number>", "Only used along with '--to-remote'. Number of jobs to run simultaneously when pushing data to remote.The default value is 4 * cpu_count().") { IsUnsupported = true },
            new(["-f", "--force"], null, "Override local file or folder if exists."),
            new(["--no-relink"], null, "Don't recreate links from cache to workspace."),
        ],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(async repository =>
    {
        var arguments = call.Arguments;
        if (arguments.Has("--out") || arguments.Has("--to-remote") || arguments.Has("--remote"))
        {
            return call.Fail(new(
                "data.unsupported",
                "'--out', '--to-remote' and '--remote' are not supported",
                "Copy the data into the repository and add it there."));
        }

        var request = new AddRequest(arguments.Operands)
        {
            WithoutCommit = arguments.Has("--no-commit"),
            WithoutRelink = arguments.Has("--no-relink"),
            AsPatterns = arguments.Has("--glob"),
            Actor = call.Actor,
        };
        if (!(await new AddData(call.Clock).RunAsync(repository, request, call.Progress(), ct)).TryGet(out var added, out var problem))
        {
            return call.Fail(problem);
        }

        if (arguments.IsJson)
        {
            call.ShowJson(added.Outs.Select(o => Pairs(repository, o)));
        }
        else if (!added.FilesForGit.IsEmpty && !added.IsStaged)
        {
            var files = added.FilesForGit.Select(file => Quote(call.Environment.Show(file)));
            call.Show($"\nTo track the changes with git, run:\n\n\tgit add {string.Join(' ', files)}\n\nTo enable auto staging, run:\n\n\tdvc config core.autostage true\n");
        }

        return 0;
    });

    private static KeyValuePair<string, object?>[] Pairs(DataRepository repository, AddedOut added) =>
    [
        new("path", repository.Relative(added.Path)),
        new("digest", $"{added.Out.Digest}"),
        new("size", added.Out.Size),
        new("nfiles", added.Out.FileCount ?? 1),
    ];

    // As a POSIX shell wants it.
    private static string Quote(string word) =>
        word.AsSpan().ContainsAnyExcept(Safe) ? "'" + word.Replace("'", "'\"'\"'", StringComparison.Ordinal) + "'" : word;
}
