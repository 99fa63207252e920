using Millwright.Statistics.Comparison;
using Millwright.Statistics.Intervals;
using Millwright.Statistics.TwoSample;
using Millwright.Testing.Stats;
using TestResult = Millwright.Statistics.TwoSample.TestResult;

namespace Millwright.Statistics.Tests.Golden;

internal static class ComparisonKinds
{
    internal static Dictionary<string, Func<StatsCase, object?>> All => new()
    {
        ["mcnemar"] = Table,
        ["mcnemar_predictions"] = Predictions,
        ["delong"] = Auc,
        ["proportion_interval"] = Proportion,
        ["difference_interval"] = Difference,
        ["multiple_testing"] = Corrected,
    };

    private static object Table(StatsCase golden)
    {
        var table = golden.Inputs.GetProperty("table");
        return Outcome(Test(golden, table[0][1].GetInt64(), table[1][0].GetInt64()));
    }

    private static object Predictions(StatsCase golden)
    {
        int[] Column(string name) => [.. golden.Column(name).Numbers.Select(value => (int)value)];
        var (both, onlyChampion, onlyChallenger, neither) = McNemar.Count(Column("y_true"), Column("champion"), Column("challenger"));
        var outcome = Outcome(Test(golden, onlyChampion, onlyChallenger));
        outcome["table"] = new[] { new[] { both, onlyChampion }, new[] { onlyChallenger, neither } };
        return outcome;
    }

    private static object Auc(StatsCase golden)
    {
        var result = DeLong.Compare(
            [.. golden.Column("y_true").Numbers.Select(label => label == 1)], golden.Column("champion").Numbers, golden.Column("challenger").Numbers, golden.Number("alpha", 0.05));
        return new Dictionary<string, object?>
        {
            ["auc"] = new[] { result.Champion, result.Challenger },
            ["covariance"] = result.Covariance.Chunk(2),
            ["difference"] = result.Difference,
            ["z"] = result.Z,
            ["pvalue"] = result.PValue,
            ["interval"] = new[] { result.Low, result.High },
        };
    }

    private static object Proportion(StatsCase golden)
    {
        var (count, observations, alpha) = (golden.Inputs.GetProperty("count").GetDouble(), golden.Inputs.GetProperty("nobs").GetDouble(), golden.Number("alpha"));
        var interval = golden.Text("method") switch
        {
            "normal" => ProportionInterval.Wald(count, observations, alpha),
            "wilson" => ProportionInterval.Wilson(count, observations, alpha),
            "agresti_coull" => ProportionInterval.AgrestiCoull(count, observations, alpha),
            "beta" => ProportionInterval.ClopperPearson(count, observations, alpha),
            "jeffreys" => ProportionInterval.Jeffreys(count, observations, alpha),
            var unknown => throw new NotSupportedException(unknown),
        };
        return new Dictionary<string, object?> { ["interval"] = new[] { interval.Low, interval.High } };
    }

    private static object Difference(StatsCase golden)
    {
        var (challenger, champion) = (golden.Column("challenger").Numbers, golden.Column("champion").Numbers);
        Func<double, double, double, double, double, Interval> method = golden.Text("method") switch
        {
            "wald" => ProportionInterval.WaldDifference,
            "agresti-caffo" => ProportionInterval.AgrestiCaffo,
            "newcomb" => ProportionInterval.Newcombe,
            var unknown => throw new NotSupportedException(unknown),
        };
        var interval = method(champion[0], champion[1], challenger[0], challenger[1], golden.Number("alpha"));
        return new Dictionary<string, object?> { ["interval"] = new[] { interval.Low, interval.High } };
    }

    private static object Corrected(StatsCase golden)
    {
        var corrected = MultipleTesting.Correct(golden.Column("pvalues").Numbers, golden.Text("method") switch
        {
            "bonferroni" => Correction.Bonferroni,
            "sidak" => Correction.Sidak,
            "holm" => Correction.Holm,
            "fdr_bh" => Correction.BenjaminiHochberg,
            "fdr_by" => Correction.BenjaminiYekutieli,
            var unknown => throw new NotSupportedException(unknown),
        });
        return new Dictionary<string, object?> { ["corrected"] = corrected, ["reject"] = corrected.Select(p => p <= golden.Number("alpha")) };
    }

    private static TestResult Test(StatsCase golden, long first, long second) => golden.Flag("exact", true)
        ? McNemar.Exact(first, second)
        : McNemar.Asymptotic(first, second, golden.Flag("correction", true));

    private static Dictionary<string, object?> Outcome(TestResult test) => new() { ["statistic"] = test.Statistic, ["pvalue"] = test.PValue };
}
