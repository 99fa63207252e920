using Microsoft.AspNetCore.Routing;

namespace Millwright.Server.Tracking;

/// <summary>Tracking over HTTP.</summary>
public static class TrackingEndpoints
{
    /// <summary>Maps <c>/api/experiments</c> and <c>/api/tracking</c>.</summary>
    public static void MapTracking(this IEndpointRouteBuilder app) => RunEndpoints.Map(app);
}
