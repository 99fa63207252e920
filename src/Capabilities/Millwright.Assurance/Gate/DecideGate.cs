using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Assurance.Fairness;
using Millwright.Assurance.Predictions;

namespace Millwright.Assurance.Gate;

/// <summary>What a gate looks at.</summary>
/// <param name="Candidate">Labelled predictions of the candidate.</param>
public sealed record GateFiles(string Candidate)
{
    /// <summary>Labelled predictions of the champion on the same rows, or null.</summary>
    public string? Champion { get; init; }

    /// <summary>A fairness report, or null.</summary>
    public string? Fairness { get; init; }

    /// <summary>Column that identifies a row in both prediction files; empty = rows stand in the same order.</summary>
    public string Id { get; init; } = "";
}

/// <summary>Decides whether a candidate may go on: pass, fail or inconclusive, with every reason.</summary>
public sealed class DecideGate
{
    private readonly ITableEngine _tables;
    private readonly Dictionary<string, IGateMetric> _metrics;

    /// <summary>A gate with the metrics that it can hold a model to.</summary>
    public DecideGate(ITableEngine tables)
        : this(tables, [new RocAucMetric(), new AccuracyMetric()])
    {
    }

    internal DecideGate(ITableEngine tables, IEnumerable<IGateMetric> metrics) =>
        (_tables, _metrics) = (tables, metrics.ToDictionary(metric => metric.Name, StringComparer.Ordinal));

    /// <summary>
    /// Measures and decides. Unreadable files and an unknown metric are a problem; evidence that could not be computed is an
    /// inconclusive check.
    /// </summary>
    public async Task<Result<GateReport>> RunAsync(GateFiles files, PredictionLayout columns, GateRules rules, CancellationToken ct)
    {
        if (!_metrics.TryGetValue(rules.Metric, out var metric))
        {
            return new Problem("gate.metric", $"The gate knows no metric '{rules.Metric}'.", $"Use one of {string.Join(", ", _metrics.Keys)}.");
        }

        string[] others = files.Id.Length > 0 ? [files.Id] : [];
        if (!(await PredictionTable.ReadAsync(_tables, files.Candidate, columns, others, files.Id, ct)).TryGet(out var candidate, out var problem))
        {
            return problem;
        }

        Compared? compared = null;
        if (files.Champion is { } path)
        {
            if (!(await PredictionTable.ReadAsync(_tables, path, columns, others, files.Id, ct)).TryGet(out var champion, out problem))
            {
                return problem;
            }

            // Before the first promotion there is no champion, and its predictions are empty. Rows that are all unusable are not that.
            compared = champion.Table.Rows == 0 ? null : Compare(metric, champion, candidate, files.Id, rules.Alpha);
        }

        FairnessReport? fairness = null;
        if (files.Fairness is { } report && !(await AssuranceJson.ReadAsync<FairnessReport>(report, "a fairness report", ct)).TryGet(out fairness, out problem))
        {
            return problem;
        }

        return GateVerdict.Decide(rules, new GateEvidence(Measure(metric, candidate, rules.Alpha), compared, fairness));
    }

    private static Measured Measure(IGateMetric metric, PredictionTable candidate, double alpha) =>
        (Unusable("candidate", candidate) ?? metric.FindObstacle(candidate.Labels)) is { } obstacle
            ? new Measured(candidate.Labels.Length, null, obstacle)
            : new Measured(candidate.Labels.Length, metric.Measure(candidate.Labels, candidate.Scores, alpha));

    private static Compared Compare(IGateMetric metric, PredictionTable champion, PredictionTable candidate, string id, double alpha)
    {
        var obstacle = Unusable("candidate", candidate) ?? Unusable("champion", champion) ?? Mismatch(champion, candidate, id) ?? metric.FindObstacle(candidate.Labels);
        if (obstacle is not null)
        {
            return new Compared(candidate.Labels.Length, null, double.NaN, obstacle);
        }

        var (difference, p) = metric.Compare(candidate.Labels, champion.Scores, candidate.Scores, alpha);
        return new Compared(candidate.Labels.Length, difference, p);
    }

    private static string? Unusable(string who, PredictionTable predictions) => predictions.Unusable > 0
        ? $"{predictions.Unusable} rows of the {who} have no label or no finite score."
        : null;

    private static string? Mismatch(PredictionTable champion, PredictionTable candidate, string id)
    {
        if (champion.Labels.Length != candidate.Labels.Length)
        {
            return $"the champion scored {champion.Labels.Length} rows and the candidate {candidate.Labels.Length}: they are not the same rows.";
        }

        if (id.Length > 0 && !champion.TextsOf(id).SequenceEqual(candidate.TextsOf(id), StringComparer.Ordinal))
        {
            return $"the two files hold different values of '{id}': they are not the same rows.";
        }

        return champion.Labels.AsSpan().SequenceEqual(candidate.Labels) ? null : "the two files hold different labels: they are not the same rows.";
    }
}
