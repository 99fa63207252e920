using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Drift;

namespace Millwright.Relational.Monitoring;

/// <summary>Scores and counts as JSON columns.</summary>
internal static class MonitoringText
{
    public static string Write(ImmutableArray<ColumnDrift> columns) => JsonSerializer.Serialize(columns, MonitoringJson.Default.ImmutableArrayColumnDrift);

    public static ImmutableArray<ColumnDrift> ReadColumns(string text) => JsonSerializer.Deserialize(text, MonitoringJson.Default.ImmutableArrayColumnDrift);

    public static string Write(ImmutableArray<AlertColumn> columns) => JsonSerializer.Serialize(columns, MonitoringJson.Default.ImmutableArrayAlertColumn);

    public static ImmutableArray<AlertColumn> ReadAlert(string text) => JsonSerializer.Deserialize(text, MonitoringJson.Default.ImmutableArrayAlertColumn);
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ImmutableArray<ColumnDrift>))]
[JsonSerializable(typeof(ImmutableArray<AlertColumn>))]
internal sealed partial class MonitoringJson : JsonSerializerContext;
