using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millwright.Contracts.Monitoring;

/// <summary>A drift test's answer.</summary>
/// <param name="Test">Such as <c>psi</c>.</param>
/// <param name="Score">Its statistic.</param>
/// <param name="PValue">Chance of such a statistic without drift.</param>
/// <param name="Effect">How much has moved, in the unit of the threshold.</param>
/// <param name="Threshold">Effect from which on it matters.</param>
/// <param name="Drifted">More than chance, and enough to matter.</param>
public sealed record DriftScoreDto(string Test, double Score, double PValue, double Effect, double Threshold, bool Drifted);

/// <summary>How a column has moved.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Kind"><c>number</c>, <c>category</c> or <c>other</c>.</param>
/// <param name="Drifted">Whether any test says so.</param>
/// <param name="Scores">Every test.</param>
public sealed record ColumnDriftDto(string Column, string Kind, bool Drifted, IReadOnlyList<DriftScoreDto> Scores);

/// <summary>Whether one table looks like another.</summary>
/// <param name="Drifted">Whether a column has moved or is lost.</param>
/// <param name="ReferenceRows">Rows of the reference.</param>
/// <param name="CurrentRows">Rows of the current table.</param>
/// <param name="Columns">Columns that both have.</param>
/// <param name="Lost">Columns that only the reference has.</param>
/// <param name="New">Columns that only the current table has.</param>
public sealed record DriftReportDto(
    bool Drifted, long ReferenceRows, long CurrentRows, IReadOnlyList<ColumnDriftDto> Columns, IReadOnlyList<string> Lost, IReadOnlyList<string> New);

/// <summary>A judged window.</summary>
/// <param name="Model">Registered model.</param>
/// <param name="Version">Model version.</param>
/// <param name="Number">Counts the version's windows, from 1.</param>
/// <param name="From">First prediction, UTC.</param>
/// <param name="To">Last prediction, UTC.</param>
/// <param name="Predictions">How many.</param>
/// <param name="Drifted">Names of the columns that have moved.</param>
/// <param name="Columns">Every column.</param>
public sealed record DriftWindowDto(
    string Model, int Version, int Number, DateTimeOffset From, DateTimeOffset To, long Predictions, IReadOnlyList<string> Drifted, IReadOnlyList<ColumnDriftDto> Columns);

/// <summary>How a version does.</summary>
/// <param name="Model">Registered model.</param>
/// <param name="Version">Model version.</param>
/// <param name="Percent">Share of the model's traffic it takes now.</param>
/// <param name="Status"><c>drift</c>, <c>ok</c>, <c>waiting</c> (no window yet) or <c>no_reference</c>.</param>
/// <param name="Problem">Why there is no reference, or null.</param>
/// <param name="Labels">Predictions with a label.</param>
/// <param name="RocAuc">Live area under the ROC curve, or null.</param>
/// <param name="Windows">Newest first.</param>
/// <param name="Alerts">Alerts that are not resolved.</param>
public sealed record MonitorDto(
    string Model, int Version, double Percent, string Status, string? Problem, int Labels, double? RocAuc,
    IReadOnlyList<DriftWindowDto> Windows, IReadOnlyList<AlertDto> Alerts);

/// <summary>The shape of a column in training and now.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Kind"><c>number</c>, <c>category</c> or <c>other</c>.</param>
/// <param name="Bins">A name per bin: a range such as <c>≤ 12.5</c>, or a category; the last category stands for all others.</param>
/// <param name="Reference">Share of training rows per bin, 0 to 1.</param>
/// <param name="Current">Share of the newest window per bin.</param>
/// <param name="History">The column's drift per window, oldest first.</param>
public sealed record ColumnHistoryDto(
    string Column, string Kind, IReadOnlyList<string> Bins, IReadOnlyList<double> Reference, IReadOnlyList<double> Current, IReadOnlyList<ColumnPointDto> History);

/// <summary>A column in one window.</summary>
/// <param name="Number">The window.</param>
/// <param name="To">Its last prediction, UTC.</param>
/// <param name="Drifted">Whether it has moved.</param>
/// <param name="Scores">Every test.</param>
public sealed record ColumnPointDto(int Number, DateTimeOffset To, bool Drifted, IReadOnlyList<DriftScoreDto> Scores);

/// <summary>An alert.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">Registered model.</param>
/// <param name="Version">Model version.</param>
/// <param name="Kind">Such as <c>drift</c>.</param>
/// <param name="State"><c>open</c>, <c>acknowledged</c> or <c>resolved</c>.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Columns">Columns it is about.</param>
/// <param name="Raised">When, UTC.</param>
/// <param name="LastSeen">When it was last seen.</param>
/// <param name="Windows">Windows in which it was seen.</param>
/// <param name="Resolved">When it was over.</param>
/// <param name="AcknowledgedBy">Who looks after it.</param>
/// <param name="Note">What they said, or why it was resolved.</param>
/// <param name="Scores">Every column with its strongest score, the worst first.</param>
public sealed record AlertDto(
    string Id, string Model, int Version, string Kind, string State, string Message, IReadOnlyList<string> Columns,
    DateTimeOffset Raised, DateTimeOffset LastSeen, int Windows, DateTimeOffset? Resolved, string? AcknowledgedBy, string Note,
    IReadOnlyList<AlertColumnDto> Scores);

/// <summary>What an alert says of a column.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Score">The strongest score of the last window that drifted.</param>
public sealed record AlertColumnDto(string Column, DriftScoreDto Score);

/// <summary>A note to an acknowledgement.</summary>
/// <param name="Note">Free text.</param>
public sealed record AcknowledgeDto(string? Note = null);

/// <summary>Silences a model's alerts.</summary>
/// <param name="Model">Registered model.</param>
/// <param name="Minutes">For how long; at most 43200 (30 days).</param>
/// <param name="Reason">Why.</param>
public sealed record SilenceDto(string Model, double Minutes, string? Reason = null);

/// <summary>A silence.</summary>
/// <param name="Until">When it ends, UTC.</param>
public sealed record SilencedDto(DateTimeOffset Until);

/// <summary>Labels of predictions.</summary>
/// <param name="Labels">At most 10,000.</param>
public sealed record RecordLabelsDto(IReadOnlyList<LabelDto> Labels);

/// <summary>What came true of a prediction.</summary>
/// <param name="Prediction">Id that the answer carried.</param>
/// <param name="Label">0 or 1.</param>
public sealed record LabelDto(string Prediction, int Label);

/// <summary>What became of a batch.</summary>
/// <param name="Recorded">Labels that were new or different.</param>
/// <param name="Unchanged">Labels that stood so already.</param>
/// <param name="Unknown">Ids of no prediction.</param>
public sealed record LabelsRecordedDto(int Recorded, int Unchanged, IReadOnlyList<string> Unknown);

/// <summary>Serialisation of monitoring.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DriftReportDto))]
[JsonSerializable(typeof(IReadOnlyList<DriftWindowDto>))]
[JsonSerializable(typeof(IReadOnlyList<MonitorDto>))]
[JsonSerializable(typeof(ColumnHistoryDto))]
[JsonSerializable(typeof(IReadOnlyList<AlertDto>))]
[JsonSerializable(typeof(AcknowledgeDto))]
[JsonSerializable(typeof(SilenceDto))]
[JsonSerializable(typeof(SilencedDto))]
[JsonSerializable(typeof(RecordLabelsDto))]
[JsonSerializable(typeof(LabelsRecordedDto))]
public sealed partial class MonitoringJson : JsonSerializerContext;
