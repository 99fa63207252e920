using System.Text.Json.Nodes;
using Dapper;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Monitoring;
using Millwright.Monitoring.Labels;

namespace Millwright.Relational.Monitoring;

/// <summary>Labels in the project's database.</summary>
internal sealed class SqlLabelStore(Database database) : ILabelStore
{
    public Task<int> SaveAsync(IReadOnlyList<LabelledPrediction> labels, Actor actor, CancellationToken ct) => database.CommitAsync(
        session =>
        {
            var recorded = labels.Where(label => Save(session, label)).ToList();

            // One event per batch and model: labels come in thousands.
            foreach (var model in recorded.GroupBy(label => label.Model, StringComparer.Ordinal))
            {
                session.Append(new LedgerDraft(actor, "labels.recorded", Subject.RegisteredModel(model.Key))
                {
                    Body = new JsonObject { ["labels"] = model.Count(), ["positives"] = model.Count(label => label.Label == 1) },
                });
            }

            return recorded.Count;
        },
        ct);

    public LabelledScores Read(string model, int version, string? deployment, DateTimeOffset from) => database.Read(connection =>
    {
        var rows = connection.Query<(double Score, long Label)>(
            """
            SELECT score, label FROM labels
            WHERE model = @model AND version = @version AND (@deployment IS NULL OR deployment = @deployment) AND predicted >= @from
            ORDER BY prediction
            """,
            new { model, version, deployment, from = LedgerHash.Time(from) }).AsList();
        return new LabelledScores([.. rows.Select(row => row.Score)], [.. rows.Select(row => (int)row.Label)]);
    });

    private static bool Save(WriteSession session, LabelledPrediction label) => session.Execute(
        """
        INSERT INTO labels (prediction, label, at, model, version, deployment, predicted, score)
        VALUES (@Prediction, @Label, @At, @Model, @Version, @Deployment, @Predicted, @Score)
        ON CONFLICT (prediction) DO UPDATE SET label = excluded.label, at = excluded.at WHERE labels.label <> excluded.label
        """,
        new
        {
            label.Prediction, label.Label, label.Model, label.Version, label.Deployment, label.Score,
            At = LedgerHash.Time(label.At),
            Predicted = LedgerHash.Time(label.Predicted),
        }) > 0;
}
