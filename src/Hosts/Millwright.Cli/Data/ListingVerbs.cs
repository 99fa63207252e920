using Millwright.Abstractions.Results;
using Millwright.Data.Listing;
using Millwright.Data.Workspace;

namespace Millwright.Cli.Data;

/// <summary>Opens the repository that a listing is about.</summary>
internal static class ListedRepository
{
    public static Result<DataRepository> Open(DataCall call, string url)
    {
        if (DataConfig.IsForeign(url) || !Directory.Exists(call.Environment.Absolute(url)))
        {
            return new Problem("data.unsupported", $"'{url}' is not a local repository", "Clone the repository and list the clone.");
        }

        return DataRepository.Open(call.Environment with { WorkingFolder = call.Environment.Absolute(url) }, call.Clock);
    }
}

/// <summary><c>mw data list</c>.</summary>
internal sealed class ListVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("list", "List the files of a repository, those that DVC tracks among them.", "mw data list .", "mw data list ../other data --recursive --size")
    {
        Aliases = ["ls"],
        Operands = [new("url", "", "Folder of the repository."), new("path", "?", "A folder in it.")],
        Options =
        [
            new(["-R", "--recursive"], null, "Also what lies below."),
            new(["--dvc-only"], null, "Only what DVC tracks."),
            new(["--json"], null, "Print one JSON document."),
            new(["--size"], null, "With sizes."),
            new(["--show-hash"], null, "With digests."),
        ],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        var request = new ListRequest(arguments.Operand(1), arguments.Has("--recursive"), arguments.Has("--dvc-only"));
        if (!ListedRepository.Open(call, arguments.Operand(0)!).Then(repository => new ListData().Run(repository, request, ct)).TryGet(out var entries, out var problem))
        {
            return Task.FromResult(call.Fail(problem));
        }

        if (arguments.IsJson)
        {
            call.ShowJson(entries.Select(Pairs));
            return Task.FromResult(0);
        }

        var (sizes, hashes) = (arguments.Has("--size"), arguments.Has("--show-hash"));
        var rows = entries.Select(e => (string[])
        [
            .. sizes ? [e.Size is { } size ? PlainTable.Size(size) : ""] : Array.Empty<string>(),
            .. hashes ? [e.Md5 ?? "-"] : Array.Empty<string>(),
            e.Path,
        ]);
        call.Show(PlainTable.Render(rows, sizes ? [0] : []));
        return Task.FromResult(0);
    }

    private static KeyValuePair<string, object?>[] Pairs(ListedEntry entry) =>
    [
        new("isout", entry.IsTracked), new("isdir", entry.IsDirectory), new("isexec", entry.IsExecutable), new("size", entry.Size), new("md5", entry.Md5), new("path", entry.Path),
    ];
}

/// <summary><c>mw data du</c>.</summary>
internal sealed class DiskUsageVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("du", "Show how much space tracked data takes.", "mw data du .", "mw data du . data --summarize")
    {
        Operands = [new("url", "", "Folder of the repository."), new("path", "?", "A folder in it.")],
        Options = [new(["-s", "--summarize"], null, "Only the total.")],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        var measured = ListedRepository.Open(call, arguments.Operand(0)!).Then(repository => new MeasureData().Run(repository, arguments.Operand(1), ct));
        if (!measured.TryGet(out var sizes, out var problem))
        {
            return Task.FromResult(call.Fail(problem));
        }

        var shown = arguments.Has("--summarize") ? sizes[^1..] : sizes;
        if (arguments.IsJson)
        {
            call.ShowJson(shown.Select(s => new KeyValuePair<string, object?>(s.Path, s.Bytes)).ToArray());
        }
        else
        {
            call.Show(PlainTable.Render(shown.Select(s => (string[])[PlainTable.Size(s.Bytes), s.Path])));
        }

        return Task.FromResult(0);
    }
}
