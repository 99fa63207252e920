using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Millwright.Client;
using Millwright.Contracts.Problems;

namespace Millwright.Web.Parts;

/// <summary>A page or section that shows facts of the API. A problem of the API is shown in place instead of breaking the page.</summary>
public abstract class RoomPage : ComponentBase
{
    /// <summary>The API.</summary>
    [Inject] protected MillwrightClient Client { get; set; } = null!;

    /// <summary>Where the page is.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>The request.</summary>
    [CascadingParameter] protected HttpContext? Context { get; set; }

    /// <summary>What went wrong while loading or acting, or null.</summary>
    protected ProblemDto? Problem { get; private set; }

    /// <summary>Whether the page itself stands or falls with its facts, so that its status is the API's.</summary>
    protected virtual bool OwnsStatus => true;

    /// <summary>Cancelled when the reader goes away.</summary>
    protected CancellationToken Aborted => Context?.RequestAborted ?? CancellationToken.None;

    /// <summary>Loads the facts.</summary>
    protected abstract Task LoadAsync(CancellationToken ct);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => TryAsync(LoadAsync);

    /// <summary>Does something and keeps its problem for the page to show; false when there was one.</summary>
    protected async Task<bool> TryAsync(Func<CancellationToken, Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        try
        {
            await act(Aborted);
            return true;
        }
        catch (MillwrightException failure)
        {
            Problem = failure.Problem;
            if (OwnsStatus && Context is { Response.HasStarted: false })
            {
                Context.Response.StatusCode = failure.Problem.Status;
            }

            return false;
        }
    }
}
