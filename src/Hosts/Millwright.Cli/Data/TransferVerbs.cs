using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Checkout;
using Millwright.Data.Fetch;
using Millwright.Data.Pull;
using Millwright.Data.Push;

namespace Millwright.Cli.Data;

/// <summary>What push, fetch and pull share: options, warnings, wording of failures.</summary>
internal static class TransferWords
{
    public static IReadOnlyList<VerbOperand> Operands { get; } = [new("targets", "*", "Tracked files, tracked folders or .dvc files; all when none is named.")];

    public static IReadOnlyList<VerbOption> Options { get; } =
    [
        new(["-j", "--jobs"], "<number>", "Files copied at once (default: one per processor)."),
        new(["-r", "--remote"], "<name>", "The remote (default: the one that 'mw data remote default' names)."),
    ];

    public static TransferRequest Request(DataCall call) => new(call.Arguments.Operands)
    {
        Remote = call.Arguments.Value("--remote"),
        Jobs = int.TryParse(call.Arguments.Value("--jobs"), out var jobs) ? jobs : null,
        Actor = call.Actor,
    };

    public static int Fail(DataCall call, Problem problem, string verb, string direction)
    {
        if (problem.Code is "data.unknown-target" || (problem.Code is "data.unknown-remote" && verb != "push"))
        {
            call.Warn("failed to collect 'workspace', skipping");
        }

        return call.Fail(problem, 1, $"failed to {verb} data {direction} the cloud - ");
    }

    public static void WarnMissing(DataCall call, ImmutableArray<string> missing)
    {
        if (!missing.IsEmpty)
        {
            call.Warn("Some of the cache files do not exist neither locally nor on remote. Missing cache files:\n" + string.Join('\n', missing.Select(md5 => $"md5: {md5}")));
        }
    }

    public static string Counted(int count, string what) => count == 0 ? "Everything is up to date.\n" : $"{count} file{(count == 1 ? "" : "s")} {what}\n";
}

/// <summary><c>mw data push</c>.</summary>
internal sealed class PushVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("push", "Copy tracked content from the cache to a remote.", "mw data push", "mw data push data/customers.csv --remote store")
    {
        Operands = TransferWords.Operands,
        Options = TransferWords.Options,
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(async repository =>
    {
        if (!(await new PushData(call.Clock).RunAsync(repository, TransferWords.Request(call), call.Progress(), ct)).TryGet(out var pushed, out var problem))
        {
            return TransferWords.Fail(call, problem, "push", "to");
        }

        TransferWords.WarnMissing(call, pushed.Missing);
        if (call.Arguments.IsJson)
        {
            call.ShowJson(new KeyValuePair<string, object?>[] { new("pushed", pushed.Files), new("missing", pushed.Missing) });
        }
        else
        {
            call.Show(TransferWords.Counted(pushed.Files, "pushed"));
        }

        return 0;
    });
}

/// <summary><c>mw data fetch</c>.</summary>
internal sealed class FetchVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("fetch", "Copy tracked content from a remote into the cache.", "mw data fetch", "mw data fetch data/images --jobs 8")
    {
        Operands = TransferWords.Operands,
        Options = TransferWords.Options,
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(async repository =>
    {
        if (!(await new FetchData(call.Clock).RunAsync(repository, TransferWords.Request(call), call.Progress(), ct)).TryGet(out var fetched, out var problem))
        {
            return TransferWords.Fail(call, problem, "fetch", "from");
        }

        if (fetched.HasNoRemote)
        {
            call.Screen.Note("No remote provided and no default remote set.");
        }

        TransferWords.WarnMissing(call, fetched.Missing);
        if (call.Arguments.IsJson)
        {
            call.ShowJson(new KeyValuePair<string, object?>[] { new("fetched", fetched.Files), new("missing", fetched.Missing) });
        }
        else
        {
            call.Show(TransferWords.Counted(fetched.Files, "fetched"));
        }

        return 0;
    });
}

/// <summary><c>mw data pull</c>.</summary>
internal sealed class PullVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("pull", "Fetch tracked content and put it into the workspace.", "mw data pull", "mw data pull data/customers.csv --force")
    {
        Operands = TransferWords.Operands,
        Options =
        [
            .. TransferWords.Options,
            new(["-f", "--force"], null, "Overwrite and remove files whose content is nowhere else."),
            new(["--allow-missing"], null, "Go on when content is neither in the cache nor on the remote."),
        ],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(async repository =>
    {
        var pull = new PullData(new FetchData(call.Clock), new CheckoutData(call.Clock));
        var ran = await pull.RunAsync(
            repository, TransferWords.Request(call), call.Arguments.Has("--force"), call.Arguments.Has("--allow-missing"), call.Progress(), ct);
        if (!ran.TryGet(out var pulled, out var problem))
        {
            return TransferWords.Fail(call, problem, "pull", "from");
        }

        if (pulled.Fetched.HasNoRemote)
        {
            call.Screen.Note("No remote provided and no default remote set.");
        }

        TransferWords.WarnMissing(call, pulled.Fetched.Missing);
        if (call.Arguments.IsJson)
        {
            call.ShowJson(CheckoutLines.Json(call, pulled.CheckedOut).Prepend(new("fetched", pulled.Fetched.Files)).ToArray());
        }
        else
        {
            var summary = CheckoutLines.Summary(pulled.CheckedOut, pulled.Fetched.Files);
            call.Show(CheckoutLines.Render(call, pulled.CheckedOut) + (summary.Length > 0 ? summary + "\n" : pulled.CheckedOut.Failure is null ? "Everything is up to date.\n" : ""));
        }

        return pulled.CheckedOut.Failure is { } failure ? TransferWords.Fail(call, failure, "pull", "from") : 0;
    });
}
