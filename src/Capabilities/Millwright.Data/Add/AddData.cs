using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Outbox;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Add;

/// <summary>
/// Tracks files and folders: their content goes into the cache, a <c>.dvc</c> file points to it, Git ignores the data. The pointer is
/// written last: a killed add leaves nothing that the same command would not complete.
/// </summary>
public sealed class AddData(TimeProvider clock)
{
    /// <summary>Adds all targets or, when one is wrong, none.</summary>
    public Task<Result<AddedData>> RunAsync(DataRepository repository, AddRequest request, IProgress<DataProgress>? progress, CancellationToken ct) =>
        RepositoryLock.HoldAsync(repository, clock, "failed to add", () => AddAsync(repository, request, progress, ct), ct);

    private async Task<Result<AddedData>> AddAsync(DataRepository repository, AddRequest request, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        if (!TrackedOuts.Read(repository, ct).TryGet(out var tracked, out var broken))
        {
            return broken;
        }

        if (!(await AddPlan.MakeAsync(repository, tracked, request, ct)).TryGet(out var plan, out var wrong))
        {
            return wrong;
        }

        var outs = ImmutableArray.CreateBuilder<AddedOut>(plan.Length);
        using (var ingest = new Ingest(repository, request.WithoutCommit, progress))
        {
            foreach (var target in plan)
            {
                var version = await ingest.RunAsync(target, ct);
                if (!version.TryGet(out var found, out var problem))
                {
                    return problem;
                }

                outs.Add(new AddedOut(target.Path, target.FilePath, found, target.Tracked?.Out));
            }

            ingest.Commit();
        }

        ct.ThrowIfCancellationRequested();
        var files = await WritePointersAsync(repository, plan, outs, ct);
        if (!request.WithoutCommit && !request.WithoutRelink)
        {
            Relink.Run(repository, outs, ct);
        }

        repository.Index.Save();
        await DataOutbox.AppendAsync(repository.Root, [.. outs.Zip(plan).Select(pair => (IdOf(repository, pair.First, pair.Second.FilePath), Draft(repository, request.Actor, pair.First)))], clock, ct);
        var staged = repository.GitRoot is not null && repository.Config.IsOn("core", "autostage");
        if (staged)
        {
            await repository.Git.RunAsync(["add", "--", .. files], null, ct);
        }

        return new AddedData(outs.DrainToImmutable(), repository.GitRoot is null ? [] : files, staged);
    }

    private static async Task<ImmutableArray<string>> WritePointersAsync(
        DataRepository repository, ImmutableArray<AddTarget> plan, IReadOnlyList<AddedOut> outs, CancellationToken ct)
    {
        var files = new List<string>();
        if (repository.GitRoot is not null)
        {
            files.AddRange(await GitIgnoreEntries.AddAsync(repository, [.. plan.Select(t => t.Path)], ct));
        }

        foreach (var (target, added) in plan.Zip(outs))
        {
            var file = (target.Tracked?.File ?? new DvcFile("", [])).With(added.Out);
            // The same text is not written again: build tools look at the time of the file.
            if (file.Text != target.Tracked?.File.Text)
            {
                Disk.Replace(target.FilePath, file.Text);
            }

            files.Add(target.FilePath);
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    // The pointer is not written again for the same content. So an add that was killed after it, or is merely repeated, says the same again.
    private static string IdOf(DataRepository repository, AddedOut added, string file) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{repository.Relative(added.Path)}\n{added.Out.Digest}\n{File.GetLastWriteTimeUtc(file).Ticks}"))))[..32];

    private static LedgerDraft Draft(DataRepository repository, Actor actor, AddedOut added) =>
        new(actor, "data.added", Subject.Data(added.Out.Digest!.Value))
        {
            Inputs = added.Previous?.Digest is { } before && before != added.Out.Digest ? [Subject.Data(before)] : [],
            Body = new()
            {
                ["path"] = repository.Relative(added.Path),
                ["size"] = added.Out.Size,
                ["files"] = added.Out.FileCount ?? 1,
            },
        };
}
