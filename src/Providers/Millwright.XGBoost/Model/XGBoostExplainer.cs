using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;

namespace Millwright.XGBoost.Model;

/// <summary>Path-dependent SHAP values of the trees in a model folder, rows in parallel.</summary>
internal sealed class XGBoostExplainer : IModelExplainer
{
    public Result<ModelExplanation> Explain(string modelFolder, ReadOnlyMemory<float> rows, int columns, CancellationToken ct)
    {
        if (!XGBoostJson.Read(Path.Combine(modelFolder, ModelFiles.XGBoost)).TryGet(out var trees, out var problem))
        {
            return problem;
        }

        if (trees.FeatureCount != columns)
        {
            return new Problem(
                "model.width", $"The model takes {trees.FeatureCount} features, but the rows have {columns}.", "Explain rows that the model's own encoding made.");
        }

        var count = columns == 0 ? 0 : rows.Length / columns;
        var outputs = trees.OutputCount;
        var values = new double[count * outputs * columns];
        var margins = new double[count * outputs];
        var options = new ParallelOptions { CancellationToken = ct };
        Parallel.For(0, count, options, row =>
        {
            var features = rows.Span.Slice(row * columns, columns);
            trees.Explain(features, values.AsSpan(row * outputs * columns, outputs * columns));
            Span<float> margin = stackalloc float[Math.Min(outputs, 256)];
            margin = outputs > 256 ? new float[outputs] : margin;
            trees.PredictMargin(features, margin);
            for (var output = 0; output < outputs; output++)
            {
                margins[row * outputs + output] = margin[output];
            }
        });
        return new ModelExplanation(count, outputs, columns, trees.ExpectedMargin.ToArray(), values, margins);
    }
}
