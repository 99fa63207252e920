namespace Millwright.Web.Tracking;

/// <summary>Which way a metric is better, told by the words of its name. A name that says nothing is left without a best.</summary>
internal static class MetricDirection
{
    private static readonly string[] Lower =
    [
        "loss", "logloss", "error", "errors", "err", "mse", "rmse", "mae", "mape", "rmsle", "brier", "perplexity", "ece", "deviance",
        "latency", "seconds", "duration", "nulls", "missing",
    ];

    private static readonly string[] Higher =
    [
        "auc", "auroc", "auprc", "accuracy", "acc", "balanced", "precision", "recall", "f1", "fbeta", "score", "r2", "map", "ndcg", "mrr", "iou", "dice", "bleu",
        "rouge", "kappa", "mcc", "gini", "lift", "sensitivity", "specificity", "throughput",
    ];

    // How well a model knows the rows it has seen, or where an interval ends, makes no run the better one.
    private static readonly string[] NoMerit = ["train", "training", "low", "high", "lower", "upper"];

    /// <summary>Positions of the best values, all of them at a tie. None when the name does not say which way is better or speaks of no merit, when fewer than two runs have a number, or when all are equal.</summary>
    public static IReadOnlySet<int> Best(string metric, IReadOnlyList<string?> values)
    {
        var numbers = values.Index().Select(value => (value.Index, Number: Number(value.Item))).Where(value => value.Number is not null).ToList();
        var (least, most) = (numbers.Min(value => value.Number), numbers.Max(value => value.Number));
        var best = IsLowerBetter(metric) switch { true => least, false => most, null => null };
        return best is null || !IsMerit(metric) || least.Equals(most) ? new HashSet<int>() : numbers.Where(value => value.Number.Equals(best)).Select(value => value.Index).ToHashSet();
    }

    /// <summary>Whether a better value means a better run; not so on the rows of training, and at the ends of an interval.</summary>
    public static bool IsMerit(string metric) => !Words(metric).Intersect(NoMerit, StringComparer.Ordinal).Any();

    /// <summary>A value of a comparison as a finite number, or null.</summary>
    public static double? Number(string? value) =>
        double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Whether less is better, or null when the name does not say. A loss of accuracy is a loss: what is bad decides before what is good.</summary>
    public static bool? IsLowerBetter(string metric)
    {
        var words = Words(metric);
        return words.Intersect(Lower, StringComparer.Ordinal).Any() ? true
            : words.Intersect(Higher, StringComparer.Ordinal).Any() ? false
            : null;
    }

    private static string[] Words(string metric) => metric.ToLowerInvariant().Split(['_', '-', ' ', '.', '/', ':', '@']);
}
