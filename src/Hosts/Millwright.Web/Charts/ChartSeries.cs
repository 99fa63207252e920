namespace Millwright.Web.Charts;

/// <summary>A series of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Values">One per position; null = nothing there.</param>
/// <param name="Limit">A threshold drawn as a line, or null.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, double? Limit = null)
{
    /// <summary>Whether it bounds the first series, such as one end of its interval; drawn beside it, thin and dashed.</summary>
    public bool IsBound { get; init; }
}
