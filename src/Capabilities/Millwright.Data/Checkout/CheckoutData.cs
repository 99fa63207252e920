using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Workspace;

namespace Millwright.Data.Checkout;

/// <summary>Makes the workspace agree with the <c>.dvc</c> files, from the cache.</summary>
public sealed class CheckoutData(TimeProvider clock)
{
    /// <summary>Checks out the targets. Files with content that is nowhere else are not overwritten without force.</summary>
    public Task<Result<CheckoutOutcome>> RunAsync(DataRepository repository, CheckoutRequest request, IProgress<DataProgress>? progress, CancellationToken ct) =>
        RepositoryLock.HoldAsync(repository, clock, "failed to check out", () => CheckoutAsync(repository, request, progress, ct), ct);

    private static async Task<Result<CheckoutOutcome>> CheckoutAsync(
        DataRepository repository, CheckoutRequest request, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        if (!Targets.Select(repository, request.Targets, ct).TryGet(out var selected, out var unknown))
        {
            return unknown;
        }

        var plan = new List<OutPlan>();
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var one in selected.Where(s => s.Tracked.Out is { IsCached: true, Md5: not null }))
        {
            if (!OutPlan.Make(repository, one, request.Relink, ct).TryGet(out var steps, out var problem))
            {
                return problem;
            }

            plan.Add(steps);
            missing.AddRange(steps.Missing);
        }

        var unsaved = plan.SelectMany(p => p.Unsaved).ToArray();
        if (unsaved.Length > 0 && !request.Force)
        {
            return new Problem(
                "data.unsaved",
                $"Can't remove the following unsaved files without confirmation. Use `--force` to force.\n{string.Join('\n', unsaved)}",
                "",
                ProblemKind.Conflict);
        }

        await ApplyAsync(repository, plan, progress, ct);
        repository.Index.Save();
        var outcome = new CheckoutOutcome(
            [.. plan.Where(p => p.Change is not null).Select(p => new CheckedOut(p.Selected.Tracked.Path, p.Selected.Tracked.Out.IsDirectory, p.Change!.Value))],
            plan.Sum(p => p.Place.Count(f => f.IsNew)),
            request.Relink ? 0 : plan.Sum(p => p.Place.Count(f => !f.IsNew)),
            plan.Sum(p => p.Remove.Count),
            missing.DrainToImmutable());
        return outcome with { Failure = outcome.Missing.IsEmpty || request.AllowMissing ? null : Incomplete(repository, outcome.Missing) };
    }

    private static async Task ApplyAsync(DataRepository repository, List<OutPlan> plan, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        using var files = new Materializer(repository);
        long done = 0;
        var total = plan.Sum(p => p.Place.Count);
        foreach (var steps in plan)
        {
            foreach (var path in steps.Remove)
            {
                ct.ThrowIfCancellationRequested();
                File.Delete(path);
            }

            foreach (var folder in steps.Folders)
            {
                SafeFolder.Make(repository.Root, folder);
            }

            var o = steps.Selected.Tracked.Out;
            await Parallel.ForEachAsync(steps.Place, ct, (file, token) =>
            {
                files.Place(file.Md5, o.IsLegacy, file.Path, o.IsExecutable && !o.IsDirectory, token);
                progress?.Report(new DataProgress("Checkout", Interlocked.Increment(ref done), total, 0));
                return ValueTask.CompletedTask;
            });
            SafeFolder.RemoveEmpty(steps.Selected.Tracked.Path, steps.Remove);
        }
    }

    private static Problem Incomplete(DataRepository repository, ImmutableArray<string> missing) => new(
        "data.checkout-incomplete",
        $"Checkout failed for following targets:\n{string.Join('\n', missing.Select(repository.Environment.Show))}\nIs your cache up to date?\n<https://error.dvc.org/missing-files>",
        "",
        ProblemKind.NotFound);
}
