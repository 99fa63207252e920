using System.Text.Json;

namespace Millwright.Web.Registry;

/// <summary>The parts of a model folder's reports that the pages show; what a report leaves out is null.</summary>
internal static class Reports
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true };

    /// <summary>Reads a report; one of another shape is shown as raw JSON by the caller.</summary>
    public static T? Read<T>(JsonElement? report)
        where T : class
    {
        try
        {
            return report is { ValueKind: JsonValueKind.Object } element ? element.Deserialize<T>(Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record Estimate(double? Value, double? Low, double? High)
    {
        public override string ToString() => Value is { } value ? $"{value:0.000} [{Low:0.000}, {High:0.000}]" : "–";
    }

    internal sealed record Gate(string? Verdict, int N, IReadOnlyList<GateCheck>? Checks);

    internal sealed record GateCheck(string? Name, string? Verdict, string? Reason);

    internal sealed record Fairness(string? Verdict, int N, IReadOnlyList<FairFeature>? Features);

    internal sealed record FairFeature(
        string? Feature, string? Verdict, RateGap? DemographicParityDifference, RateGap? EqualizedOddsDifference, IReadOnlyList<FairGroup>? Groups, IReadOnlyList<string>? Warnings);

    internal sealed record RateGap(string? Verdict, double? Value, double? Low, double? High, double? Limit)
    {
        public override string ToString() => Value is { } value ? $"{value:0.000} [{Low:0.000}, {High:0.000}], limit {Limit:0.###}" : "–";
    }

    internal sealed record FairGroup(string? Group, int N, Estimate? SelectionRate, Estimate? TruePositiveRate, Estimate? FalsePositiveRate);

    internal sealed record Explanation(int Rows, IReadOnlyList<Importance>? Features);

    internal sealed record Importance(string? Feature, double? MeanAbsShap);

    internal sealed record Signature(IReadOnlyList<SignatureColumn>? Inputs, IReadOnlyList<SignatureColumn>? Outputs);

    internal sealed record SignatureColumn(string? Name, string? Type, bool Required = true);
}
