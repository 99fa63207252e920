using System.Globalization;
using Millwright.Abstractions.Steps;
using Millwright.XGBoost.Native;

namespace Millwright.XGBoost.Training;

/// <summary>Rounds of boosting, each reported, with early stopping; can be cancelled between rounds.</summary>
internal sealed class TrainingLoop(IStepJournal journal, TrainingOptions options, IReadOnlyList<string> features)
{
    private const string Validation = "validation";

    /// <summary>The model's bytes, cut back to the best round when training stopped early.</summary>
    internal byte[] Run(TrainingData train, TrainingData? validation, CancellationToken ct)
    {
        var threads = options.Booster.TryGetValue("nthread", out var given) ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        using var trainMatrix = Matrix.Create(train.Vectors, train.Labels, features, threads);
        using var validationMatrix = validation is null ? null : Matrix.Create(validation.Vectors, validation.Labels, features, threads);
        List<(string Name, Matrix Matrix)> watched = [("train", trainMatrix)];
        if (validationMatrix is not null)
        {
            watched.Add((Validation, validationMatrix));
        }

        var parameters = options.Booster.Concat(options.Metrics.Select(metric => KeyValuePair.Create("eval_metric", metric)));
        using var booster = Booster.Create(watched.Select(pair => pair.Matrix), features, parameters);
        foreach (var (name, value) in options.Booster)
        {
            journal.Parameter(name, value);
        }

        var best = new BestRound(options.Metrics[^1]);
        for (var round = 0; round < options.Rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            booster.Update(round, trainMatrix);
            foreach (var (matrix, metric, value) in booster.Evaluate(round, watched))
            {
                journal.Metric($"{matrix}_{metric}", value, round);
                best.See(matrix == Validation && metric == best.Metric, round, value);
            }

            if (options.EarlyStopping > 0 && best.Round >= 0 && round - best.Round >= options.EarlyStopping)
            {
                journal.Line(string.Create(CultureInfo.InvariantCulture, $"stopped after round {round + 1}; the best {best.Metric} {best.Value:0.#####} was in round {best.Round + 1}"));
                using var cut = booster.Slice(best.Round + 1);
                return cut.Save();
            }
        }

        return booster.Save();
    }

    private sealed class BestRound(string metric)
    {
        public string Metric => metric;

        public int Round { get; private set; } = -1;

        public double Value { get; private set; }

        public void See(bool counts, int round, double value)
        {
            if (counts && (Round < 0 || (TrainingOptions.IsMaximised(metric) ? value > Value : value < Value)))
            {
                (Round, Value) = (round, value);
            }
        }
    }
}
