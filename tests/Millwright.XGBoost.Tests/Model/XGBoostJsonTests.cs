using System.Text;
using Millwright.Statistics.Trees;
using Millwright.Testing;
using Millwright.XGBoost.Model;

namespace Millwright.XGBoost.Tests.Model;

public sealed class XGBoostJsonTests
{
    private static readonly string Stump = File.ReadAllText(Path.Combine(Golden.Area("stats"), "models", "stump.json"));

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("hello", "not JSON")]
    [InlineData("{\"a\": 1}", "'learner'")]
    [InlineData("[]", "'learner'")]
    [InlineData("{L\u0000", "UBJSON")]
    public void Read_FileThatIsNoModel_NamesTheFileAndWhatWasFound(string text, string found)
    {
        var problem = XGBoostJson.Parse(Encoding.UTF8.GetBytes(text), "models/x.json").Problem;

        problem.ShouldNotBeNull();
        problem.Code.ShouldBe("model.malformed");
        problem.Message.ShouldContain("models/x.json");
        problem.Message.ShouldContain(found);
    }

    [Theory]
    [InlineData("\"left_children\":[1,-1,-1]", "\"left_children\":[7,-1,-1]", "children 7 and 2")]
    [InlineData("\"left_children\":[1,-1,-1]", "\"left_children\":[2,-1,-1]", "two parents")]
    [InlineData("\"left_children\":[1,-1,-1]", "\"left_children\":[1,-1]", "different lengths")]
    [InlineData("\"split_indices\":[2,0,0]", "\"split_indices\":[6,0,0]", "feature 6 of 6")]
    [InlineData("\"split_type\":[0,0,0]", "\"split_type\":[1,0,0]", "categories")]
    [InlineData("\"name\":\"gbtree\"", "\"name\":\"gblinear\"", "gblinear")]
    [InlineData("binary:logistic", "reg:unheard", "reg:unheard")]
    [InlineData("\"base_score\":\"3E-1\"", "\"base_score\":\"2\"", "base_score")]
    public void Read_BrokenModel_SaysWhatIsBroken(string sound, string broken, string found)
    {
        Stump.ShouldContain(sound);

        var problem = XGBoostJson.Parse(Encoding.UTF8.GetBytes(Stump.Replace(sound, broken, StringComparison.Ordinal)), "x.json").Problem;

        problem.ShouldNotBeNull();
        problem.Message.ShouldContain(found);
    }

    [Fact]
    public void Read_MissingFile_IsNotFound() => XGBoostJson.Read("no/such/model.json").Problem!.Code.ShouldBe("model.unreadable");

    [Theory]
    [InlineData("telco-binary.json")]
    [InlineData("synthetic-missing.json")]
    [InlineData("adult-classes.json")]
    public void Explain_AnyRow_SumsToTheMargin(string model)
    {
        var trees = XGBoostJson.Read(Path.Combine(Golden.Area("stats"), "models", model)).Value;
        var random = new Random(7);
        var (row, margins, values) = (new float[trees.FeatureCount], new float[trees.OutputCount], new double[trees.OutputCount * trees.FeatureCount]);
        for (var trial = 0; trial < 200; trial++)
        {
            for (var feature = 0; feature < row.Length; feature++)
            {
                row[feature] = random.Next(5) == 0 ? float.NaN : (float)(random.NextDouble() * 100 - 20);
            }

            trees.PredictMargin(row, margins);
            trees.Explain(row, values);
            for (var output = 0; output < margins.Length; output++)
            {
                var sum = trees.ExpectedMargin[output] + values.AsSpan(output * trees.FeatureCount, trees.FeatureCount).ToArray().Sum();
                sum.ShouldBe(margins[output], 1e-4);
            }
        }
    }

    [Fact]
    public void Predict_ManyRows_AllocatesNothing()
    {
        var trees = XGBoostJson.Read(Path.Combine(Golden.Area("stats"), "models", "telco-binary.json")).Value;
        var (row, score) = (new float[trees.FeatureCount], new float[1]);
        trees.Predict(row, score);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            trees.Predict(row, score);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
