using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Onnx.Native;

namespace Millwright.Onnx;

/// <summary>The model format <c>onnx</c>: one float input of shape [n, features]; the last float tensor among the outputs is the scores.</summary>
public sealed class OnnxFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "onnx";

    /// <inheritdoc/>
    public string File => ModelFiles.Onnx;

    /// <inheritdoc/>
    public Result<IPredictor> Load(string path)
    {
        var name = Path.GetFileName(path);
        Session? session = null;
        try
        {
            session = new Session(System.IO.File.ReadAllBytes(path));
            var predictor = OnnxPredictor.Create(session, name);
            session = predictor.IsOk ? null : session;
            return predictor.Map<IPredictor>(created => created);
        }
        catch (DllNotFoundException)
        {
            return new Problem("onnx.missing", "The ONNX Runtime library is not beside the program.", "Run 'mw doctor'; in a checkout build again with network access to npm.", ProblemKind.Unavailable);
        }
        catch (OnnxException failure)
        {
            return new Problem("onnx.malformed", $"'{name}' is not a model that ONNX Runtime can run: {failure.Message}", "Export the model again as ONNX with supported operators.");
        }
        catch (IOException failure)
        {
            return new Problem("onnx.unreadable", $"'{name}' cannot be read: {failure.Message}", "Check that the file exists.", ProblemKind.NotFound);
        }
        finally
        {
            session?.Dispose();
        }
    }
}
