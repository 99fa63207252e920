using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>Quantiles of the present values lie between bounds; each is a value of the column, chosen by <c>allow_relative_error</c>.</summary>
internal sealed class QuantileValuesToBeBetween : Expectation
{
    internal override string Type => "expect_column_quantile_values_to_be_between";

    internal override IEnumerable<ExpectationParameter> Parameters =>
    [
        new("column", ArgumentKind.Text, IsRequired: true), new("quantile_ranges", ArgumentKind.Object, IsRequired: true),
        new("allow_relative_error", ArgumentKind.Any),
    ];

    internal override IEnumerable<(string Argument, string Problem)> CheckTogether(Arguments arguments, SuiteVersion version)
    {
        if (arguments.Node("quantile_ranges") is not JsonObject ranges)
            yield break;
        if (ranges["quantiles"] is not JsonArray quantiles || ranges["value_ranges"] is not JsonArray values)
            yield return ("quantile_ranges", "It needs the lists 'quantiles' and 'value_ranges'.");
        else if (quantiles.Count != values.Count)
            yield return ("quantile_ranges", $"It has {quantiles.Count} quantiles but {values.Count} value ranges.");
        else if (values.Any(range => range is not JsonArray { Count: 2 } pair || (Side(pair, 0) > Side(pair, 1))))
            yield return ("quantile_ranges", "Each value range is a pair [lower, upper] in order.");
    }

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column")).Then<ICheck>(column =>
    {
        if (column.Kind is not (ColumnKind.Number or ColumnKind.Time))
            return Unevaluable($"The column \"{column.Name}\" holds {column.Type}, which has no quantiles.");
        var ranges = call.Arguments.Node("quantile_ranges")!.AsObject();
        var quantiles = ranges["quantiles"]!.AsArray();
        var slot = call.Plan.Add(call.Scope.Aggregate($"count({column.Sql})"));
        return new QuestionCheck(
            call,
            answers => call.Scope.Select(
                string.Join(", ", quantiles.Select(quantile => ValueAt(call, column, Arguments.Double(quantile!), answers.Count(slot)))),
                $"{column.Sql} IS NOT NULL"),
            (_, table) => Judge(quantiles, ranges["value_ranges"]!.AsArray(), table));
    });

    private static Finding Judge(JsonArray quantiles, JsonArray ranges, Abstractions.Tables.Table table)
    {
        var values = table.Columns.Select(column => JsonCell.At(column, 0)).ToList();
        var verdicts = values.Zip(ranges, (value, range) => value?.GetValueKind() == JsonValueKind.Number
            && (Side(range!.AsArray(), 0) is not { } lower || Arguments.Double(value) >= lower)
            && (Side(range!.AsArray(), 1) is not { } upper || Arguments.Double(value) <= upper)).ToList();
        return new Finding(verdicts.TrueForAll(isMet => isMet), new JsonObject
        {
            ["observed_value"] = new JsonObject { ["quantiles"] = quantiles.DeepClone(), ["values"] = new JsonArray([.. values]) },
            ["details"] = new JsonObject { ["success_details"] = new JsonArray([.. verdicts.Select(isMet => (JsonNode)isMet)]) },
        });
    }

    /// <summary>Positions in the sorted values: one, or two with the weight of the second.</summary>
    private static (long Lower, long Upper, double Weight) Position(ExpectationCall call, double quantile, long count)
    {
        var exact = quantile * Math.Max(0, count - 1);
        var (floor, ceiling) = ((long)Math.Floor(exact), (long)Math.Ceiling(exact));
        return call.Arguments.Text("allow_relative_error") switch
        {
            "lower" => (floor, floor, 0),
            "higher" => (ceiling, ceiling, 0),
            "midpoint" => (floor, ceiling, floor == ceiling ? 0 : 0.5),
            "linear" => (floor, ceiling, exact - floor),
            _ => ((long)Math.Round(exact, MidpointRounding.ToEven), (long)Math.Round(exact, MidpointRounding.ToEven), 0),
        };
    }

    private static string ValueAt(ExpectationCall call, CheckedColumn column, double quantile, long count)
    {
        var at = Position(call, quantile, count);
        var (lower, upper) = (Ranked(at.Lower), Ranked(at.Upper));
        return at.Weight == 0 ? lower : $"{lower} + ({upper} - {lower}) * {SqlText.Literal(at.Weight)}";

        // The middle of the wanted value's share of the range, so that no rounding picks its neighbour.
        string Ranked(long rank) => $"quantile_disc({column.Sql}, {((rank + 0.5) / Math.Max(1, count)).ToString("R", CultureInfo.InvariantCulture)})";
    }

    private static double? Side(JsonArray range, int side) => range[side]?.GetValueKind() == JsonValueKind.Number ? Arguments.Double(range[side]!) : null;
}
