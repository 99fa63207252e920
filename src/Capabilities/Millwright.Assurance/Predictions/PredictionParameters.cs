using Millwright.Abstractions.Models;
using Millwright.Abstractions.Steps;

namespace Millwright.Assurance.Predictions;

/// <summary>Parameters that every action on predictions has.</summary>
internal static class PredictionParameters
{
    internal static IReadOnlyList<StepParameter> Columns { get; } =
    [
        new("label", "Column of the true outcome.", PredictionColumns.Label),
        new("score", "Column of the score, the probability of the positive class.", PredictionColumns.Score),
        new("positive", "The label that is positive: a number, or a text such as Yes.", "1"),
    ];

    internal static StepParameter Threshold { get; } = new("threshold", "Score from which on the positive class is predicted, 0 to 1.", 0.5);

    internal static StepParameter Alpha { get; } = new("alpha", "Error rate of intervals, above 0 and below 1: 0.05 gives 95 % intervals.", 0.05);

    internal static PredictionLayout ReadColumns(ParameterReader read) => new(read.Required("label"), read.Required("score"), read.Required("positive"));

    internal static double ReadAlpha(ParameterReader read) => read.Number("alpha", 1e-6, 0.5);
}
