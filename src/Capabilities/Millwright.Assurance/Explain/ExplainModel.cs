using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.Assurance.Explain;

/// <summary>What part features have in a model's scores.</summary>
/// <param name="Rows">Rows explained.</param>
/// <param name="Base">Per output the margin that explanations start from.</param>
/// <param name="AdditivityError">Largest distance of base plus contributions from the model's own margin.</param>
/// <param name="Features">Most important first.</param>
/// <param name="Examples">Some rows in full.</param>
public sealed record ExplanationReport(
    int Rows, IReadOnlyList<double> Base, double AdditivityError, IReadOnlyList<FeatureImportance> Features, IReadOnlyList<ExplainedRow> Examples);

/// <summary>A feature's part over all explained rows.</summary>
/// <param name="Feature">Encoded feature.</param>
/// <param name="MeanAbsShap">Mean absolute Shapley value in margin space, summed over outputs.</param>
public sealed record FeatureImportance(string Feature, double MeanAbsShap);

/// <summary>One explained row.</summary>
/// <param name="Row">Its position in the table, from 0.</param>
/// <param name="Output">The margin that is explained: the only one, or the highest of several.</param>
/// <param name="Margin">The model's margin.</param>
/// <param name="Contributions">The largest first; a missing feature value is null.</param>
public sealed record ExplainedRow(long Row, int Output, double Margin, IReadOnlyList<Contribution> Contributions);

/// <summary>A feature's part in one margin.</summary>
/// <param name="Feature">Encoded feature.</param>
/// <param name="Value">Its value in the row.</param>
/// <param name="Shap">Shapley value.</param>
public sealed record Contribution(string Feature, double Value, double Shap);

/// <summary>Explains a model by Shapley values over a table, raw or encoded.</summary>
public sealed class ExplainModel(ITableEngine tables, IFeatureEncodings encodings, IModelExplainer explainer)
{
    // Values and margins are single precision in the model; sums of many trees differ from ours in the last digits.
    private const double Additive = 1e-3;
    private const int Block = 4096;

    /// <summary>Explains up to <paramref name="rows"/> rows, evenly spread over the table.</summary>
    /// <param name="modelFolder">A model folder with its encoding.</param>
    /// <param name="table">Rows like the training data.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="examples">Rows to report in full, at least 0.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<ExplanationReport>> RunAsync(string modelFolder, string table, int rows, int examples, CancellationToken ct)
    {
        if (!encodings.Load(modelFolder).TryGet(out var encoder, out var problem)
            || !(await FeatureTable.OpenAsync(tables, table, encoder, ct)).TryGet(out var features, out problem)
            || !(await features.CountAsync(ct)).TryGet(out var count, out problem)
            || !(await SampleAsync(features, encoder.Features.Count, count, rows, ct)).TryGet(out var sample, out problem))
        {
            return problem;
        }

        if (sample.Positions.Count == 0)
        {
            return new Problem("explain.empty", $"'{Path.GetFileName(table)}' has no rows.", "Explain a table with rows.");
        }

        var explained = await Task.Run(() => explainer.Explain(modelFolder, sample.Vectors.ToArray(), encoder.Features.Count, ct), ct);
        return explained.Then(explanation => Report(explanation, encoder.Features, sample, examples));
    }

    private static async Task<Result<Sample>> SampleAsync(FeatureTable table, int width, long count, int rows, CancellationToken ct)
    {
        var sample = new Sample([], []);
        var stride = Math.Max(1, (count + rows - 1) / rows);
        for (long offset = 0; offset < count; offset += Block)
        {
            if (!(await table.ReadAsync(offset, Block, [], ct)).TryGet(out var block, out var problem))
            {
                return problem;
            }

            for (var row = (stride - offset % stride) % stride; row < block.Table.Rows; row += stride)
            {
                sample.Positions.Add(offset + row);
                sample.Vectors.AddRange(block.Vectors.AsSpan((int)row * width, width));
            }
        }

        return sample;
    }

    private static Result<ExplanationReport> Report(ModelExplanation explanation, IReadOnlyList<string> names, Sample sample, int examples)
    {
        var error = AdditivityError(explanation, out var scale);
        if (!(error <= Additive * scale))
        {
            return new Problem(
                "explain.additivity", $"The explanation does not sum to the model's margin: it is off by {error:G3}.", "The model file and its explainer disagree; report this with the model.");
        }

        var importance = names.Select((name, feature) => new FeatureImportance(name, MeanAbsolute(explanation, feature)))
            .OrderByDescending(feature => feature.MeanAbsShap).ThenBy(feature => feature.Feature, StringComparer.Ordinal);
        var chosen = Enumerable.Range(0, Math.Min(examples, explanation.Rows)).Select(index => (int)((long)index * explanation.Rows / Math.Min(examples, explanation.Rows)));
        return new ExplanationReport(explanation.Rows, explanation.Base, error, [.. importance], [.. chosen.Select(row => Explained(explanation, names, sample, row))]);
    }

    private static double AdditivityError(ModelExplanation explanation, out double scale)
    {
        (var error, scale) = (0.0, 1.0);
        for (var row = 0; row < explanation.Rows; row++)
        {
            for (var output = 0; output < explanation.Outputs; output++)
            {
                var margin = explanation.Margins[row * explanation.Outputs + output];
                var sum = explanation.Base[output];
                foreach (var value in explanation.ValuesOf(row, output))
                {
                    sum += value;
                }

                // Written so that a NaN stays: it must not pass for a small error.
                error = Math.Max(error, Math.Abs(sum - margin));
                scale = Math.Max(scale, Math.Abs(margin));
            }
        }

        return error;
    }

    private static double MeanAbsolute(ModelExplanation explanation, int feature)
    {
        var sum = 0.0;
        for (var index = feature; index < explanation.Values.Length; index += explanation.Features)
        {
            sum += Math.Abs(explanation.Values[index]);
        }

        return sum / explanation.Rows;
    }

    private static ExplainedRow Explained(ModelExplanation explanation, IReadOnlyList<string> names, Sample sample, int row)
    {
        var margins = explanation.Margins.AsSpan(row * explanation.Outputs, explanation.Outputs);
        var output = margins.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max<double>(margins));
        var values = explanation.ValuesOf(row, output).ToArray();
        var contributions = names.Select((name, feature) => new Contribution(name, sample.Vectors[row * names.Count + feature], values[feature]))
            .Where(contribution => contribution.Shap != 0)
            .OrderByDescending(contribution => Math.Abs(contribution.Shap));
        return new ExplainedRow(sample.Positions[row], output, margins[output], [.. contributions]);
    }

    private sealed record Sample(List<long> Positions, List<float> Vectors);
}
