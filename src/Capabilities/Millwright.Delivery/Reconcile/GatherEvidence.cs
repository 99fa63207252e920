using Millwright.Abstractions.Monitoring;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Judge;

namespace Millwright.Delivery.Reconcile;

/// <summary>Reads what Serving and Monitoring know of a rollout.</summary>
public sealed class GatherEvidence(IServingStatistics statistics, IPredictionLog predictions, IModelPerformance performance, TimeProvider clock)
{
    // Enough to see any distance that matters, and bounded whatever the traffic.
    private const int MostScores = 5_000;
    private const int MostRead = 100_000;

    /// <summary>The evidence at the current step; labels and scores count since the rollout began, for they are few.</summary>
    public async Task<CanaryEvidence> RunAsync(Deployment deployment, CancellationToken ct)
    {
        var evidence = new CanaryEvidence(clock.GetUtcNow() - deployment.StepStarted, statistics.Read(deployment.Id.Value, deployment.Version))
        {
            IsLastStep = deployment.IsLastStep,
        };
        if (deployment is not { Champion: { } champion, ChampionVersion: { } version })
        {
            return evidence;
        }

        var (own, other) = await ScoresAsync(deployment, version, ct);
        return evidence with
        {
            Champion = statistics.Read(champion.Value, version),
            CandidateScores = own,
            ChampionScores = other,
            CandidateLabels = await performance.ReadAsync(deployment.Model, deployment.Version, deployment.Id.Value, deployment.Started, ct),
            ChampionLabels = await performance.ReadAsync(deployment.Model, version, champion.Value, deployment.Started, ct),
        };
    }

    private async Task<(List<double> Candidate, List<double> Champion)> ScoresAsync(Deployment deployment, int championVersion, CancellationToken ct)
    {
        await predictions.FlushAsync(ct);
        var (own, other, read) = (new List<double>(), new List<double>(), 0);
        var until = clock.GetUtcNow() + TimeSpan.FromTicks(1);
        await foreach (var prediction in predictions.ReadAsync(deployment.Model, deployment.Started, until, ct))
        {
            if (prediction.Version == deployment.Version && prediction.Deployment == deployment.Id.Value)
            {
                Keep(own, prediction.Score);
            }
            else if (prediction.Version == championVersion)
            {
                Keep(other, prediction.Score);
            }

            if (++read >= MostRead || own.Count >= MostScores && other.Count >= MostScores)
            {
                break;
            }
        }

        return (own, other);

        static void Keep(List<double> scores, double score)
        {
            if (scores.Count < MostScores)
            {
                scores.Add(score);
            }
        }
    }
}
