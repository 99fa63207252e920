using Millwright.Abstractions.Monitoring;
using Millwright.Abstractions.Serving;

namespace Millwright.Delivery.Judge;

/// <summary>What is known of a canary at its current step.</summary>
/// <param name="SinceStep">Time since the step began.</param>
/// <param name="Candidate">Requests that the candidate answered in it.</param>
public sealed record CanaryEvidence(TimeSpan SinceStep, ServingCounts Candidate)
{
    /// <summary>Whether the current step is the last.</summary>
    public bool IsLastStep { get; init; }

    /// <summary>Requests that the champion answered in the step, or null without a champion.</summary>
    public ServingCounts? Champion { get; init; }

    /// <summary>Scores of the candidate in the rollout, in any order.</summary>
    public IReadOnlyList<double> CandidateScores { get; init; } = [];

    /// <summary>Scores of the champion in the same time.</summary>
    public IReadOnlyList<double> ChampionScores { get; init; } = [];

    /// <summary>The candidate's predictions of the rollout for which labels came.</summary>
    public LabelledScores CandidateLabels { get; init; } = new([], []);

    /// <summary>The champion's predictions of the same time for which labels came.</summary>
    public LabelledScores ChampionLabels { get; init; } = new([], []);
}
