using System.Collections.Immutable;
using System.Globalization;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Serving;

namespace Millwright.Serving.Predictions;

/// <summary>Lineage of predictions: the deployment that routed each and the model version that answered.</summary>
public sealed class PredictionLineage(IPredictionLog log) : ILineageSource
{
    /// <inheritdoc/>
    public string Kind => "prediction";

    /// <inheritdoc/>
    public async Task<LineageFact?> FindAsync(Subject subject, CancellationToken ct)
    {
        if (await log.FindAsync(subject.Id, ct) is not { } prediction)
        {
            return null;
        }

        ImmutableArray<Subject> inputs = prediction.Deployment.Length == 0
            ? [Subject.Model(prediction.Model, prediction.Version)]
            : [Subject.Deployment(prediction.Deployment), Subject.Model(prediction.Model, prediction.Version)];
        return new LineageFact(
            subject, prediction.At, inputs,
            string.Create(CultureInfo.InvariantCulture, $"{prediction.Model}/{prediction.Version} scored {prediction.Score:0.####}"));
    }
}
