using System.Text.Json;
using Millwright.Statistics.TwoSample;
using Millwright.Testing.Stats;

namespace Millwright.Statistics.Tests.Golden;

internal static class TwoSampleKinds
{
    internal static Dictionary<string, Func<StatsCase, object?>> All => new()
    {
        ["ks_2samp"] = Ks,
        ["chi2_contingency"] = Contingency,
        ["chisquare"] = GoodnessOfFit,
        ["psi"] = Psi,
        ["psi_features"] = PsiFeatures,
        ["wasserstein_distance"] = golden => Distance(golden, EarthMover.Wasserstein),
        ["energy_distance"] = golden => Distance(golden, EarthMover.Energy),
        ["jensenshannon"] = golden => One("distance", DistributionDistance.JensenShannon(P(golden), Q(golden), golden.Number("base", Math.E))),
        ["kl_divergence"] = golden => One("divergence", DistributionDistance.KullbackLeibler(P(golden), Q(golden), golden.Number("base", Math.E))),
        ["hellinger"] = golden => One("distance", DistributionDistance.Hellinger(P(golden), Q(golden))),
        ["total_variation"] = golden => One("distance", DistributionDistance.TotalVariation(P(golden), Q(golden))),
    };

    private delegate double WeightedDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xWeights, ReadOnlySpan<double> yWeights);

    private static object Distance(StatsCase golden, WeightedDistance distance) => One("distance", distance(
        golden.Column("x").Numbers,
        golden.Column("y").Numbers,
        golden.Has("x_weights") ? golden.Column("x_weights").Numbers : [],
        golden.Has("y_weights") ? golden.Column("y_weights").Numbers : []));

    private static Dictionary<string, object?> One(string name, double value) => new() { [name] = value };

    private static double[] P(StatsCase golden) => golden.Column("p").Numbers;

    private static double[] Q(StatsCase golden) => golden.Column("q").Numbers;

    private static object Ks(StatsCase golden)
    {
        var result = KolmogorovSmirnov.Test(
            golden.Column("x").Numbers,
            golden.Column("y").Numbers,
            golden.Text("alternative") switch { "less" => Alternative.Less, "greater" => Alternative.Greater, _ => Alternative.TwoSided },
            golden.Text("method") switch { "exact" => KolmogorovSmirnovMethod.Exact, "asymp" => KolmogorovSmirnovMethod.Asymptotic, _ => KolmogorovSmirnovMethod.Auto });
        return new Dictionary<string, object?> { ["statistic"] = result.Statistic, ["pvalue"] = result.PValue, ["location"] = result.Location, ["sign"] = result.Sign };
    }

    private static object Contingency(StatsCase golden)
    {
        var rows = golden.Inputs.GetProperty("table").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray()).ToArray();
        var result = ChiSquaredTest.Contingency(
            rows.SelectMany(row => row).ToArray(), rows[0].Length, golden.Flag("correction", true), golden.Text("lambda_") == "log-likelihood");
        return new Dictionary<string, object?>
        {
            ["statistic"] = result.Statistic,
            ["pvalue"] = result.PValue,
            ["dof"] = result.Degrees,
            ["expected"] = result.Expected.Chunk(rows[0].Length),
        };
    }

    private static object GoodnessOfFit(StatsCase golden)
    {
        var result = ChiSquaredTest.GoodnessOfFit(
            golden.Column("observed").Numbers, golden.Has("expected") ? golden.Column("expected").Numbers : [], (int)golden.Number("ddof", 0));
        return new Dictionary<string, object?> { ["statistic"] = result.Statistic, ["pvalue"] = result.PValue };
    }

    private static object Psi(StatsCase golden)
    {
        var result = PopulationStability.Of(
            golden.Column("x").Present,
            golden.Column("y").Present,
            golden.Text("bins") switch { "quantile" => BinRule.Quantile, "equal" => BinRule.EqualWidth, _ => BinRule.Sturges },
            (int)golden.Number("n_bins", 10),
            golden.Text("zero_fill") == "evidently" ? EmptyBins.FillRelative : EmptyBins.Floor);
        return new Dictionary<string, object?>
        {
            ["psi"] = result.Value,
            ["edges"] = result.Bins.Edges,
            ["values"] = result.Bins.Values,
            ["x_counts"] = result.Reference,
            ["y_counts"] = result.Current,
            ["terms"] = result.Terms,
        };
    }

    private static object PsiFeatures(StatsCase golden)
    {
        var current = golden.Table("current").ToDictionary(item => item.Name, item => item.Column);
        return new Dictionary<string, object?>
        {
            ["psi"] = golden.Table("reference").ToDictionary(item => item.Name, item => item.Column.IsNumeric
                ? PopulationStability.Of(item.Column.Present, current[item.Name].Present, BinRule.Quantile, (int)golden.Number("n_bins", 10)).Value
                : PopulationStability.OfCategories(item.Column.Texts, current[item.Name].Texts)),
        };
    }
}
