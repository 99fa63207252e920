using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Onnx.Native;

namespace Millwright.Onnx;

/// <summary>Scores by a session. Two probabilities beside a label output are a binary classifier: only the second is the score.</summary>
internal sealed class OnnxPredictor : IPredictor
{
    private readonly Session _session;
    private readonly int _output;
    private readonly int _width;
    private readonly bool _isOneRowOnly;

    private OnnxPredictor(Session session, int features, int output, int width, bool isBinary)
    {
        (_session, FeatureCount, _output, _width) = (session, features, output, width);
        OutputCount = isBinary ? 1 : width;
        _isOneRowOnly = session.Inputs[0].Shape[0] == 1;
    }

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int OutputCount { get; }

    /// <summary>A predictor when inputs and outputs are of a supported kind; owns the session then.</summary>
    public static Result<OnnxPredictor> Create(Session session, string name)
    {
        if (session.Inputs is not [{ Type: ElementType.Float, Shape: [_, > 0 and var features] }])
        {
            var found = string.Join(", ", session.Inputs.Select(input => $"{input.Name}: {input.Type} [{string.Join(", ", input.Shape)}]"));
            return new Problem("onnx.input", $"'{name}' takes {found}; expected one float tensor [n, features].", "Export the model with one input of a known number of float features.");
        }

        var output = session.Outputs.ToList().FindLastIndex(candidate => candidate.Type == ElementType.Float);
        if (output < 0)
        {
            return new Problem("onnx.output", $"'{name}' has no float output.", "Export probabilities as a tensor (in skl2onnx: zipmap=False).");
        }

        var width = 0;
        session.Run(new float[features], 1, (int)features, output, values => width = values.Length);
        var hasLabel = session.Outputs.Any(candidate => candidate.Type is ElementType.Int64 or ElementType.String);
        return new OnnxPredictor(session, (int)features, output, width, isBinary: width == 2 && hasLabel);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> scores)
    {
        var atOnce = _isOneRowOnly ? 1 : rows;
        for (var row = 0; row < rows; row += atOnce)
        {
            Run(features.Slice(row * FeatureCount, atOnce * FeatureCount), atOnce, scores.Slice(row * OutputCount, atOnce * OutputCount));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private unsafe void Run(ReadOnlySpan<float> features, int rows, Span<float> scores)
    {
        fixed (float* target = scores)
        {
            var (place, length) = ((nint)target, scores.Length);
            _session.Run(features, rows, FeatureCount, _output, values => Take(values, rows, new Span<float>((void*)place, length)));
        }
    }

    private void Take(ReadOnlySpan<float> values, int rows, Span<float> scores)
    {
        if (values.Length != rows * _width)
        {
            throw new OnnxException($"the model answered {values.Length} values for {rows} rows; expected {rows * _width}.");
        }

        if (OutputCount == _width)
        {
            values.CopyTo(scores);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            scores[row] = values[(row * _width) + 1];
        }
    }
}
