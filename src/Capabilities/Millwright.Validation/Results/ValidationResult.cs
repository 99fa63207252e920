using System.Text.Json.Nodes;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Results;

/// <summary>What a suite says about one table.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Path">The table's file.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Expectations">One result per expectation, in the suite's order.</param>
public sealed record ValidationResult(ExpectationSuite Suite, string Path, long Rows, IReadOnlyList<ExpectationResult> Expectations)
{
    /// <summary>Whether every expectation is met.</summary>
    public bool IsValid => Expectations.All(expectation => expectation.IsMet);

    /// <summary>The expectations that are not met or could not be evaluated.</summary>
    public IEnumerable<ExpectationResult> Broken => Expectations.Where(expectation => !expectation.IsMet);

    /// <summary>
    /// The result in Great Expectations' 1.x shape. Its order is theirs too: what could not be evaluated first, then by column in order
    /// of first appearance.
    /// </summary>
    public JsonObject ToJson()
    {
        var met = Expectations.Count(expectation => expectation.IsMet);
        var raised = Expectations.Where(expectation => expectation.Raised is not null);
        var judged = Expectations.Where(expectation => expectation.Raised is null).GroupBy(expectation => expectation.Config.Subject).SelectMany(group => group);
        return new JsonObject
        {
            ["success"] = IsValid,
            ["results"] = new JsonArray([.. raised.Concat(judged).Select(expectation => (JsonNode)expectation.ToJson())]),
            ["suite_name"] = Suite.Name,
            ["suite_parameters"] = new JsonObject(),
            ["statistics"] = new JsonObject
            {
                ["evaluated_expectations"] = Expectations.Count,
                ["successful_expectations"] = met,
                ["unsuccessful_expectations"] = Expectations.Count - met,
                ["success_percent"] = Expectations.Count == 0 ? null : (double)met / Expectations.Count * 100,
            },
            ["meta"] = new JsonObject { ["data"] = Path, ["row_count"] = Rows },
            ["id"] = null,
        };
    }
}

/// <summary>What became of one expectation.</summary>
/// <param name="Config">As in the suite.</param>
/// <param name="IsMet">The verdict; false when it could not be evaluated.</param>
/// <param name="Result">The facts, as much as the format asks for.</param>
/// <param name="Raised">Why it could not be evaluated, or null.</param>
public sealed record ExpectationResult(ExpectationConfig Config, bool IsMet, JsonObject Result, string? Raised = null)
{
    internal JsonObject ToJson() => new()
    {
        ["success"] = IsMet,
        ["expectation_config"] = new JsonObject
        {
            ["type"] = Config.Type,
            ["kwargs"] = Config.Kwargs.DeepClone(),
            ["meta"] = Config.Meta.DeepClone(),
            ["id"] = Config.Id,
        },
        ["result"] = Result.DeepClone(),
        ["meta"] = new JsonObject(),
        ["exception_info"] = Raised is null ? Exception(isRaised: false, null) : new JsonObject { [Config.Type] = Exception(isRaised: true, Raised) },
    };

    private static JsonObject Exception(bool isRaised, string? message) =>
        new() { ["raised_exception"] = isRaised, ["exception_traceback"] = null, ["exception_message"] = message };
}
