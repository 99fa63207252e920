using Millwright.Abstractions.Models;
using Millwright.Testing;

namespace Millwright.Onnx.Tests;

public sealed class OnnxFormatTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Predict_LogisticModel_GivesItsProbabilities(long rows)
    {
        using var model = Load(OnnxFile.Logistic([[1], [-2], [0.5f]], [0.25f], rows: rows));
        (model.FeatureCount, model.OutputCount).ShouldBe((3, 1));
        var scores = new float[2];
        model.Predict([1, 2, 3, 0, 0, 0], 2, scores);
        scores[0].ShouldBe(Sigmoid(0.25 + 1 - 4 + 1.5), 1e-6f);
        scores[1].ShouldBe(Sigmoid(0.25), 1e-6f);
    }

    [Fact]
    public void Predict_TwoProbabilitiesBesideALabel_GivesThePositiveOne()
    {
        using var model = Load(OnnxFile.Logistic([[1, -1]], [0, 0], withLabel: true));
        model.OutputCount.ShouldBe(1);
        var scores = new float[2];
        model.Predict([2, -3], 2, scores);
        scores[0].ShouldBe(Sigmoid(-2), 1e-6f);
        scores[1].ShouldBe(Sigmoid(3), 1e-6f);
    }

    [Fact]
    public async Task Predict_FromManyThreads_IsTheSame()
    {
        using var model = Load(OnnxFile.Logistic([[1, 2, 3]], [0, 0, 0]));
        model.OutputCount.ShouldBe(3);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var scores = new float[3];
            for (var round = 0; round < 500; round++)
            {
                model.Predict([worker], 1, scores);
                scores[2].ShouldBe(Sigmoid(3 * worker), 1e-6f);
            }
        })));
    }

    [Theory]
    [InlineData("not a model", "onnx.malformed")]
    [InlineData("", "onnx.malformed")]
    public void Load_FileThatIsNoModel_IsAProblemThatNamesIt(string content, string code)
    {
        File.WriteAllText(_folder[ModelFiles.Onnx], content);
        var problem = new OnnxFormat().Load(_folder[ModelFiles.Onnx]).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe(code);
        problem.Message.ShouldContain(ModelFiles.Onnx);
    }

    [Fact]
    public void Load_MissingFile_IsAProblem() => new OnnxFormat().Load(_folder["none.onnx"]).Problem.ShouldNotBeNull().Code.ShouldBe("onnx.unreadable");

    private static float Sigmoid(double margin) => (float)(1 / (1 + Math.Exp(-margin)));

    private IPredictor Load(byte[] model)
    {
        File.WriteAllBytes(_folder[ModelFiles.Onnx], model);
        var loaded = new OnnxFormat().Load(_folder[ModelFiles.Onnx]);
        loaded.IsOk.ShouldBeTrue(loaded.Problem?.Message);
        return loaded.Value;
    }
}
