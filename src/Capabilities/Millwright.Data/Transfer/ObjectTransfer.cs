using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millwright.Data.Store;

namespace Millwright.Data.Transfer;

/// <summary>The outcome of copying objects.</summary>
/// <param name="Copied">Objects copied.</param>
/// <param name="Corrupt">Objects whose bytes do not match their name; they were not copied.</param>
internal readonly record struct TransferOutcome(int Copied, ImmutableArray<DataObject> Corrupt);

/// <summary>Copies objects from one store to another, verifying their bytes on the way; what is there already is not copied.</summary>
internal static class ObjectTransfer
{
    private const int Batch = 8192;

    internal static async Task<TransferOutcome> RunAsync(
        ObjectStore from, ObjectStore to, IReadOnlyList<DataObject> objects, string verb, int jobs, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        if (objects.Count == 0)
        {
            return new TransferOutcome(0, []);
        }

        using var staging = to.Stage();
        var corrupt = new ConcurrentBag<DataObject>();
        long done = 0;
        var copied = 0;
        foreach (var batch in objects.DistinctBy(o => (o.Md5, o.IsLegacy)).Chunk(Batch))
        {
            await Parallel.ForEachAsync(batch, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = jobs }, (one, token) =>
            {
                if (staging.AddObject(from, one.Md5, one.IsLegacy, token))
                {
                    Interlocked.Increment(ref copied);
                }
                else
                {
                    corrupt.Add(one);
                }

                progress?.Report(new DataProgress(verb, Interlocked.Increment(ref done), objects.Count, 0));
                return ValueTask.CompletedTask;
            });
            staging.Commit();
        }

        return new TransferOutcome(copied, [.. corrupt]);
    }
}
