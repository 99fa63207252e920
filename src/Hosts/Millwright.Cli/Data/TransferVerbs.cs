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
    public static IReadOnlyList<VerbOperand> Operands { get; } = [new("targets", "*", "Limit command scope to these tracked files/directories, .dvc files and stage names.")];

    public static IReadOnlyList<VerbOption> Options { get; } =
    [
        new(["-j", "--jobs"], "<number>", "Number of jobs to run simultaneously. The default value is 4 * cpu_count()."),
        new(["-r", "--remote"], "<name>", "Remote storage to use."),
        new(["--json"], null, "Show the outcome as JSON.") { IsHidden = true },
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
    public VerbUsage Usage { get; } = new("push", "Upload tracked files or directories to remote storage.")
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
    public VerbUsage Usage { get; } = new("fetch", "Download files or directories from remote storage to the cache.")
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
    public VerbUsage Usage { get; } = new("pull", "Download tracked files or directories from remote storage.")
    {
        Operands = TransferWords.Operands,
        Options =
        [
            .. TransferWords.Options,
            new(["-f", "--force"], null, "Do not prompt when removing working directory files."),
            new(["--allow-missing"], null, "Ignore errors if some of the files or directories are missing."),
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
