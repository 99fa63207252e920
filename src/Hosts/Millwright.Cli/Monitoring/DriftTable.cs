using System.Globalization;
using Millwright.Cli.Commands;
using Millwright.Contracts.Monitoring;

namespace Millwright.Cli.Monitoring;

/// <summary>Columns and their drift as a table.</summary>
internal static class DriftTable
{
    public static void Render(CliContext cli, IReadOnlyList<ColumnDriftDto> columns) => cli.Screen.Table(
        ["COLUMN", "KIND", "DRIFT", "TEST", "EFFECT", "LIMIT", "P"],
        columns.OrderByDescending(column => column.Drifted).SelectMany(column => column.Scores.Select((score, index) => (string[])
        [
            index == 0 ? column.Column : "",
            index == 0 ? column.Kind : "",
            score.Drifted ? cli.Screen.Bad("yes") : "no",
            score.Test,
            score.Effect.ToString("0.000", CultureInfo.InvariantCulture),
            score.Threshold.ToString("0.00", CultureInfo.InvariantCulture),
            score.PValue.ToString(score.PValue is > 0 and < 0.0001 ? "0e-0" : "0.0000", CultureInfo.InvariantCulture),
        ])));
}
