namespace Millwright.Monitoring.Drift;

/// <summary>The tests there are, by name; two of one name are a bug that shows at start-up.</summary>
public sealed class DriftTests
{
    private readonly IReadOnlyList<IDriftTest> _all;

    /// <summary>Takes every registered test.</summary>
    public DriftTests(IEnumerable<IDriftTest> all)
    {
        _all = [.. all];
        if (_all.GroupBy(test => test.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"Two drift tests are named '{twice.Key}'.");
        }
    }

    /// <summary>In the order of registration.</summary>
    public IReadOnlyList<IDriftTest> All => _all;
}
