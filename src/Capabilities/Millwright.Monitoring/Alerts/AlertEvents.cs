using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Monitoring.Scan;

namespace Millwright.Monitoring.Alerts;

/// <summary>The ledger events of monitoring.</summary>
public static class AlertEvents
{
    /// <summary>
    /// A version's traffic has moved away from its training data. Subject <c>model:NAME</c>; the body has what a retraining needs: model, version,
    /// columns with scores, window (from, to, predictions, number), reference digest and alert. Appended once per alert, not per window.
    /// </summary>
    public const string DriftDetected = "drift.detected";

    /// <summary>An alert was raised.</summary>
    public const string Raised = "alert.raised";

    /// <summary>An open alert came to cover more columns.</summary>
    public const string Widened = "alert.widened";

    /// <summary>An alert is over.</summary>
    public const string Resolved = "alert.resolved";

    /// <summary>Somebody has looked at an alert.</summary>
    public const string Acknowledged = "alert.acknowledged";

    /// <summary>Somebody silenced a model's alerts for a time.</summary>
    public const string Silenced = "alert.silenced";

    internal static LedgerDraft Detected(Alert alert, DriftWindow window) =>
        new(Actor.System, DriftDetected, Subject.RegisteredModel(window.Model))
        {
            Inputs = [Subject.Model(window.Model, window.Version)],
            Outputs = [alert.Subject],
            Body = Facts(alert, window),
        };

    internal static LedgerDraft Of(string kind, Actor actor, Alert alert, DriftWindow? window) =>
        new(actor, kind, alert.Subject) { Body = Facts(alert, window) };

    internal static JsonObject Facts(Alert alert, DriftWindow? window)
    {
        var body = new JsonObject
        {
            ["alert"] = alert.Id,
            ["model"] = alert.Model,
            ["version"] = alert.Version,
            ["message"] = alert.Message,
            ["columns"] = new JsonArray([.. alert.Columns.Select(Column)]),
        };
        if (alert.Note.Length > 0)
        {
            body["note"] = alert.Note;
        }

        if (window is not null)
        {
            body["deployment"] = window.Deployment;
            body["reference"] = window.Reference.ToString();
            body["window"] = new JsonObject
            {
                ["number"] = window.Number,
                ["from"] = LedgerHash.Time(window.From),
                ["to"] = LedgerHash.Time(window.To),
                ["predictions"] = window.Predictions,
            };
        }

        return body;
    }

    private static JsonNode Column(AlertColumn column) => new JsonObject
    {
        ["column"] = column.Column,
        ["test"] = column.Score.Test,
        ["score"] = column.Score.Score,
        ["p_value"] = column.Score.PValue,
        ["effect"] = column.Score.Effect,
        ["threshold"] = column.Score.Threshold,
    };
}
