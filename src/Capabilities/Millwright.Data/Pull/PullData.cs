using Millwright.Abstractions.Results;
using Millwright.Data.Checkout;
using Millwright.Data.Fetch;
using Millwright.Data.Push;
using Millwright.Data.Workspace;

namespace Millwright.Data.Pull;

/// <summary>The outcome of a pull.</summary>
/// <param name="Fetched">What came into the cache.</param>
/// <param name="CheckedOut">What changed in the workspace.</param>
public sealed record PulledData(FetchedData Fetched, CheckoutOutcome CheckedOut);

/// <summary>Fetches from a remote and checks out.</summary>
public sealed class PullData(FetchData fetch, CheckoutData checkout)
{
    /// <summary>Pulls the targets; <paramref name="force"/> overwrites changed files whose content is not in the cache.</summary>
    public async Task<Result<PulledData>> RunAsync(
        DataRepository repository, TransferRequest request, bool force, bool allowMissing, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        if (!(await fetch.RunAsync(repository, request, progress, ct)).TryGet(out var fetched, out var problem))
        {
            return problem;
        }

        var made = await checkout.RunAsync(repository, new CheckoutRequest(request.Targets) { Force = force, AllowMissing = allowMissing }, progress, ct);
        return made.Map(outcome => new PulledData(fetched, outcome));
    }
}
