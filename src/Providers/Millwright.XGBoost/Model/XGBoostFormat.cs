using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Statistics.Trees;

namespace Millwright.XGBoost.Model;

/// <summary>The model format <c>xgboost</c>: a managed predictor from <see cref="ModelFiles.XGBoost"/>.</summary>
internal sealed class XGBoostFormat : IModelFormat
{
    public string Name => "xgboost";

    public string File => ModelFiles.XGBoost;

    public Result<IPredictor> Load(string path) => XGBoostJson.Read(path).Map<IPredictor>(trees => new Predictor(trees));

    private sealed class Predictor(TreeEnsemble trees) : IPredictor
    {
        public int FeatureCount => trees.FeatureCount;

        public int OutputCount => trees.OutputCount;

        public void Predict(ReadOnlySpan<float> features, int rows, Span<float> scores) => trees.Predict(features, rows, scores);

        public void Dispose()
        {
            // Nothing native is held.
        }
    }
}
