namespace Millwright.Web.Tracking;

/// <summary>Which runs the page shows and in which order, as its address says.</summary>
/// <param name="Kind"><c>pipeline</c>, <c>client</c>, or null for both.</param>
/// <param name="Experiment">Name of an experiment, or null for all.</param>
/// <param name="Status">A status, or null for all.</param>
/// <param name="Sort">Metric to sort by, or null for the newest first.</param>
/// <param name="Descending">Greatest first, when there is a metric to sort by.</param>
public sealed record RunFilter(string? Kind, string? Experiment, string? Status, string? Sort, bool Descending)
{
    /// <summary>Whether nothing is left out.</summary>
    public bool IsOpen => (Kind, Experiment, Status) is (null, null, null);

    /// <summary>The condition in MLflow's language, or null.</summary>
    public string? Condition => Status is null ? null : $"attributes.status = '{Status.ToUpperInvariant()}'";

    /// <summary>The order in MLflow's language, or null.</summary>
    public string? Order => Sort is null ? null : $"metrics.`{Sort}` {(Descending ? "DESC" : "ASC")}";

    /// <summary>Reads an address; what is not in the page's own lists is as if it were not there.</summary>
    public static RunFilter Of(string? kind, string? experiment, string? status, string? sort, string? direction) => new(
        kind is "pipeline" or "client" ? kind : null,
        string.IsNullOrWhiteSpace(experiment) ? null : experiment.Trim(),
        RunWords.Statuses.Any(known => known.Status == status) ? status : null,
        string.IsNullOrEmpty(sort) || sort.Contains('`', StringComparison.Ordinal) ? null : sort,
        direction is not "ascending");

    /// <summary>The address of the first page.</summary>
    public string Address() => "/runs" + Query('?');

    /// <summary>The address of a further page.</summary>
    public string Address(string token) => $"/runs{Query('?')}{(Query('?').Length == 0 ? '?' : '&')}token={Uri.EscapeDataString(token)}";

    /// <summary>Sorted by a metric: the best first, and the other way round when it is sorted so already.</summary>
    public RunFilter By(string metric) => this with
    {
        Sort = metric, Descending = Sort == metric ? !Descending : MetricDirection.IsLowerBetter(metric) is not true,
    };

    private string Query(char first)
    {
        var parts = new (string Name, string? Value)[] { ("kind", Kind), ("experiment", Experiment), ("status", Status), ("sort", Sort), ("direction", Sort is null || Descending ? null : "ascending") }
            .Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        var query = string.Join('&', parts);
        return query.Length == 0 ? "" : first + query;
    }
}
