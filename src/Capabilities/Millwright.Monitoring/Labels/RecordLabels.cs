using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;

namespace Millwright.Monitoring.Labels;

/// <summary>A label to record.</summary>
/// <param name="Prediction">Id that the answer carried.</param>
/// <param name="Label">0 or 1.</param>
public sealed record NewLabel(string Prediction, int Label);

/// <summary>What became of a batch.</summary>
/// <param name="Recorded">Labels that were new or different.</param>
/// <param name="Unchanged">Labels that stood so already.</param>
/// <param name="Unknown">Ids of no prediction; the rest of the batch was recorded all the same.</param>
public sealed record LabelsRecorded(int Recorded, int Unchanged, ImmutableArray<string> Unknown);

/// <summary>Records what came true of predictions, however late, so that live performance can be measured and canaries judged by it.</summary>
public sealed class RecordLabels(IPredictionLog log, ILabelStore store, TimeProvider clock)
{
    /// <summary>Most labels in one batch.</summary>
    public const int MostAtOnce = 10_000;

    /// <summary>Records a batch; a label that is neither 0 nor 1 refuses all of it.</summary>
    public async Task<Result<LabelsRecorded>> RunAsync(IReadOnlyList<NewLabel> batch, Actor actor, CancellationToken ct)
    {
        if (batch.Count > MostAtOnce)
        {
            return new Problem("labels.many", $"{batch.Count} labels are too many at once.", $"Send at most {MostAtOnce} in one request.");
        }

        var wrong = batch.Where(label => label.Label is not (0 or 1) || string.IsNullOrEmpty(label.Prediction)).Take(20).ToList();
        if (wrong.Count > 0)
        {
            return new Problem("labels.value", "A label is 0 or 1, with the id of a prediction.", "Mend the labels named above; nothing was recorded.")
                .With(wrong.Select(label => new ProblemDetail($"label {label.Label}", Key: label.Prediction)));
        }

        await log.FlushAsync(ct);
        var known = new Dictionary<string, LabelledPrediction>(StringComparer.Ordinal);
        var unknown = ImmutableArray.CreateBuilder<string>();
        foreach (var label in batch)
        {
            if (await log.FindAsync(label.Prediction, ct) is { } prediction)
            {
                known[label.Prediction] = new LabelledPrediction(
                    label.Prediction, label.Label, clock.GetUtcNow(), prediction.Model, prediction.Version, prediction.Deployment, prediction.At, prediction.Score);
            }
            else
            {
                unknown.Add(label.Prediction);
            }
        }

        var recorded = await store.SaveAsync([.. known.Values], actor, ct);
        return new LabelsRecorded(recorded, known.Count - recorded, unknown.ToImmutable());
    }
}
