using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>
/// The Kullback-Leibler divergence of the column's distribution from <c>partition_object</c> is at most <c>threshold</c>, in nats:
/// sum of observed · ln(observed / expected). A value with expected weight 0 makes it infinite, which no threshold allows.
/// </summary>
internal sealed class KlDivergenceToBeLessThan : Expectation
{
    internal override string Type => "expect_column_kl_divergence_to_be_less_than";

    internal override IEnumerable<ExpectationParameter> Parameters =>
    [
        new("column", ArgumentKind.Text, IsRequired: true), new("partition_object", ArgumentKind.Object), new("threshold", ArgumentKind.Number),
        new("tail_weight_holdout", ArgumentKind.Share), new("internal_weight_holdout", ArgumentKind.Share), new("bucketize_data", ArgumentKind.Flag),
        new("min_value", ArgumentKind.Number), new("max_value", ArgumentKind.Number),
    ];

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column")).Then(column =>
        Partition.Read(call.Arguments.Node("partition_object")).Then(partition => (partition.Values, partition.Bins) switch
        {
            ({ } values, _) => Categorical(call, column, values, partition.Weights),
            (_, { } bins) when column.Kind == ColumnKind.Number => Continuous(call, column, bins, partition),
            _ => Unevaluable($"The column \"{column.Name}\" holds {column.Type}, which has no histogram."),
        }));

    private static Result<ICheck> Categorical(ExpectationCall call, CheckedColumn column, JsonArray values, double[] weights)
    {
        if (call.Arguments.Number("internal_weight_holdout") > 0)
            return Unevaluable("Internal weight holdout cannot be used for discrete data.");
        var holdout = call.Arguments.Number("tail_weight_holdout") ?? 0;
        return new QuestionCheck(
            call,
            _ => call.Scope.Select($"{column.Sql} AS v, count(*) AS n", $"{column.Sql} IS NOT NULL", "GROUP BY v"),
            (_, table) =>
            {
                var counts = Enumerable.Range(0, table.Rows).Select(row => (Value: JsonCell.At(table.Columns[0], row)!, Count: ((Abstractions.Tables.NumberColumn)table.Columns[1]).Values[row])).ToList();
                var total = counts.Sum(entry => entry.Count);
                var all = Together(values, counts.ConvertAll(entry => entry.Value));
                var observed = all.ConvertAll(value => counts.Find(entry => UnexpectedCounts.Compare(entry.Value, value) == 0).Count / total);
                var given = all.ConvertAll(value => IndexOf(values, value) is var at and >= 0 ? weights[at] : double.NaN);
                var surprises = given.Count(double.IsNaN);
                var expected = surprises == 0 ? given
                    : given.ConvertAll(weight => double.IsNaN(weight) ? holdout / surprises : weight * (1 - holdout));
                return Judge(call, observed, expected, Side("values", all, observed), Side("values", all, expected));
            });
    }

    private static AggregateCheck Continuous(ExpectationCall call, CheckedColumn column, double[] bins, Partition partition)
    {
        var last = bins.Length - 2;
        var inside = Enumerable.Range(0, bins.Length - 1).Select(bin => Slot(
            $"{column.Sql} >= {SqlText.Literal(bins[bin])} AND {column.Sql} {(bin == last ? "<=" : "<")} {SqlText.Literal(bins[bin + 1])}")).ToList();
        var (below, above, present) = (Slot($"{column.Sql} < {SqlText.Literal(bins[0])}"), Slot($"{column.Sql} > {SqlText.Literal(bins[^1])}"), Slot($"{column.Sql} IS NOT NULL"));
        var (tail, within) = (call.Arguments.Number("tail_weight_holdout") ?? 0, call.Arguments.Number("internal_weight_holdout") ?? 0);
        var empty = partition.Weights.Count(weight => weight == 0);
        var expected = partition.Weights.Select(weight => weight == 0 && within > 0 ? within / empty : weight * (1 - tail - within)).ToList();
        var expectedTails = partition.Tails ?? [tail / 2, tail / 2];
        return new AggregateCheck(call, answers =>
        {
            var total = answers.Number(present);
            var observed = inside.ConvertAll(slot => answers.Number(slot) / total);
            double[] tails = [answers.Number(below) / total, answers.Number(above) / total];
            return Judge(
                call,
                [tails[0], .. observed, tails[1]],
                [expectedTails[0], .. expected, expectedTails[1]],
                Side("bins", Numbers(bins), observed, tails),
                Side("bins", Numbers(bins), expected, expectedTails));
        });

        int Slot(string where) => call.Plan.Add(call.Scope.Aggregate("count(*)", where));
    }

    private static Finding Judge(ExpectationCall call, IReadOnlyList<double> observed, IReadOnlyList<double> expected, JsonObject found, JsonObject wanted)
    {
        var divergence = Divergence(observed, expected);
        return new Finding(call.Arguments.Number("threshold") is not { } threshold || divergence <= threshold, new JsonObject
        {
            ["observed_value"] = JsonCell.Number(divergence),
            ["details"] = new JsonObject { ["observed_partition"] = found, ["expected_partition"] = wanted },
        });
    }

    /// <summary>In nats, both sides scaled to a sum of 1.</summary>
    private static double Divergence(IReadOnlyList<double> observed, IReadOnlyList<double> expected)
    {
        var (all, wanted) = (observed.Sum(), expected.Sum());
        return observed.Zip(expected, (now, then) => now == 0 ? 0 : now / all * Math.Log(now / all / (then / wanted))).Sum();
    }

    private static JsonObject Side(string key, IEnumerable<JsonNode?> domain, IEnumerable<double> weights, double[]? tails = null)
    {
        var side = new JsonObject
        {
            [key] = new JsonArray([.. domain.Select(value => value?.DeepClone())]),
            ["weights"] = new JsonArray([.. Numbers(weights)]),
        };
        if (tails is not null)
            side["tail_weights"] = new JsonArray([.. Numbers(tails)]);
        return side;
    }

    private static IEnumerable<JsonNode?> Numbers(IEnumerable<double> numbers) => numbers.Select(JsonCell.Number);

    /// <summary>The values of both sides: in the partition's order when both have the same ones, else sorted.</summary>
    private static List<JsonNode> Together(JsonArray given, List<JsonNode> found)
    {
        var unseen = given.OfType<JsonNode>().Where(value => !found.Exists(other => UnexpectedCounts.Compare(other, value) == 0)).ToList();
        return unseen.Count == 0 && found.Count == given.Count
            ? [.. given.OfType<JsonNode>()]
            : [.. found.Concat(unseen).Order(Comparer<JsonNode>.Create((left, right) => UnexpectedCounts.Compare(left, right) ?? 0))];
    }

    private static int IndexOf(JsonArray values, JsonNode value)
    {
        for (var at = 0; at < values.Count; at++)
        {
            if (UnexpectedCounts.Compare(values[at], value) == 0)
                return at;
        }

        return -1;
    }

    /// <summary>A distribution to compare with: weights of values, or of bins between edges with optional tails.</summary>
    private sealed record Partition(JsonArray? Values, double[]? Bins, double[] Weights, double[]? Tails)
    {
        private const double Tolerance = 1e-5;

        internal static Result<Partition> Read(JsonNode? node)
        {
            if (node is not JsonObject given || given["weights"] is not JsonArray weights || (given["values"] ?? given["bins"]) is not JsonArray domain)
                return Unevaluable("The partition_object needs 'weights' and either 'values' or 'bins'.");
            var partition = new Partition(given["values"] as JsonArray, given["values"] is null ? Doubles(domain) : null, Doubles(weights), given["tail_weights"] is JsonArray tails ? Doubles(tails) : null);
            var sum = partition.Weights.Sum() + (partition.Tails?.Sum() ?? 0);
            if (partition.Weights.Length != (partition.Bins is null ? domain.Count : domain.Count - 1) || partition.Tails is not (null or { Length: 2 }))
                return Unevaluable("The partition_object needs one weight for each value, or for each pair of neighbouring bins, and two tail_weights.");
            if (Math.Abs(sum - 1) > Tolerance || partition.Weights.Any(weight => weight < 0))
                return Unevaluable($"The weights of the partition_object are not negative and add up to 1, not {sum}.");
            return partition.Bins is { } bins && bins.Zip(bins.Skip(1)).Any(pair => pair.First >= pair.Second)
                ? Unevaluable("The bins of the partition_object increase.")
                : partition;
        }

        private static double[] Doubles(JsonArray list) => [.. list.Select(item => item is null ? double.NaN : Arguments.Double(item))];
    }
}
