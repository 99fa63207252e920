using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Models;

/// <summary>Explains a model's scores by the part that each feature has in them (Shapley values).</summary>
public interface IModelExplainer
{
    /// <summary>Explains rows of encoded features, row-major with <paramref name="columns"/> columns (missing = NaN).</summary>
    /// <param name="modelFolder">A model folder (<see cref="ModelFiles"/>).</param>
    /// <param name="rows">Encoded rows.</param>
    /// <param name="columns">Features per row; a model of another width is a problem.</param>
    /// <param name="ct">Cancels.</param>
    Result<ModelExplanation> Explain(string modelFolder, ReadOnlyMemory<float> rows, int columns, CancellationToken ct);
}

/// <summary>Shapley values in the model's margin space (log-odds for classifiers).</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Outputs">Margins per row: 1, or one per class.</param>
/// <param name="Features">Features per row.</param>
/// <param name="Base">Per output the margin that an explanation starts from.</param>
/// <param name="Values">Rows × outputs × features; with the base, a row's values of an output sum to its margin.</param>
/// <param name="Margins">Rows × outputs.</param>
public sealed record ModelExplanation(int Rows, int Outputs, int Features, double[] Base, double[] Values, double[] Margins)
{
    /// <summary>The values of one row and output.</summary>
    public ReadOnlySpan<double> ValuesOf(int row, int output) => Values.AsSpan((row * Outputs + output) * Features, Features);
}
