using Millwright.Assurance.Fairness;

namespace Millwright.Assurance.Gate;

/// <summary>What was measured; the decision follows from it and the rules alone.</summary>
/// <param name="Candidate">The candidate on its own.</param>
/// <param name="Champion">The candidate minus the champion on the same rows, or null without a champion.</param>
/// <param name="Fairness">The fairness report, or null when none is asked for.</param>
public sealed record GateEvidence(Measured Candidate, Compared? Champion = null, FairnessReport? Fairness = null);

/// <summary>A metric that was measured, or why not.</summary>
/// <param name="Rows">Usable rows.</param>
/// <param name="Value">The metric with its interval; null when it could not be computed.</param>
/// <param name="Obstacle">Why not, in one sentence.</param>
public sealed record Measured(int Rows, Estimate? Value, string? Obstacle = null);

/// <summary>A paired comparison that was made, or why not.</summary>
/// <param name="Rows">Rows that both scored.</param>
/// <param name="Difference">Candidate − champion with its interval; null when it could not be computed.</param>
/// <param name="PValue">Two-sided; NaN where the difference does not vary.</param>
/// <param name="Obstacle">Why not, in one sentence.</param>
public sealed record Compared(int Rows, Estimate? Difference, double PValue = double.NaN, string? Obstacle = null);
