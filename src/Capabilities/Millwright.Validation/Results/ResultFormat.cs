using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;

namespace Millwright.Validation.Results;

/// <summary>How much a result says about each expectation.</summary>
public enum Verbosity
{
    /// <summary>Only whether it is met.</summary>
    BooleanOnly,

    /// <summary>Counts, percentages and a partial list of unexpected values.</summary>
    Basic,

    /// <summary>Also how often each of those occurs and in which rows.</summary>
    Summary,

    /// <summary>Also every unexpected value and row.</summary>
    Complete,
}

/// <summary>Great Expectations' <c>result_format</c>.</summary>
/// <param name="Verbosity">How much.</param>
public sealed record ResultFormat(Verbosity Verbosity)
{
    private static readonly Dictionary<string, Verbosity> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BOOLEAN_ONLY"] = Verbosity.BooleanOnly,
        ["BASIC"] = Verbosity.Basic,
        ["SUMMARY"] = Verbosity.Summary,
        ["COMPLETE"] = Verbosity.Complete,
    };

    /// <summary>The format of a run that asks for none.</summary>
    public static ResultFormat Summary { get; } = new(Verbosity.Summary);

    /// <summary>Length of partial lists; 0 leaves them out.</summary>
    public int PartialUnexpectedCount { get; init; } = 20;

    /// <summary>Columns that identify a row beside its number.</summary>
    public IReadOnlyList<string> IndexColumns { get; init; } = [];

    /// <summary>Whether whole rows are listed.</summary>
    public bool IncludeUnexpectedRows { get; init; }

    /// <summary>Whether values are left out of lists.</summary>
    public bool ExcludeUnexpectedValues { get; init; }

    /// <summary>Whether a COMPLETE result has a data frame query for the unexpected rows.</summary>
    public bool ReturnIndexQuery { get; init; } = true;

    /// <summary>Whether values and rows are looked up for broken expectations only; a person does not ask for the others.</summary>
    public bool OnlyBroken { get; init; }

    /// <summary>Reads a name such as <c>SUMMARY</c>, in any case.</summary>
    public static Result<ResultFormat> Parse(string name) => Names.TryGetValue(name.Replace('-', '_'), out var verbosity)
        ? new ResultFormat(verbosity)
        : new Problem("validate.result-format", $"There is no result format '{name}'.", $"Use one of {string.Join(", ", Names.Keys)}.");

    /// <summary>Reads a name, or an object with the key <c>result_format</c> and further settings.</summary>
    public static Result<ResultFormat> Parse(JsonNode? node)
    {
        if (node is not JsonObject settings)
            return node is null ? Summary : Parse(node.ToString());
        return Parse(settings["result_format"]?.ToString() ?? "BASIC").Map(format => format with
        {
            PartialUnexpectedCount = settings["partial_unexpected_count"]?.GetValue<int>() ?? 20,
            IndexColumns = [.. (settings["unexpected_index_column_names"] as JsonArray ?? []).Select(name => name!.ToString())],
            IncludeUnexpectedRows = settings["include_unexpected_rows"]?.GetValue<bool>() ?? false,
            ExcludeUnexpectedValues = settings["exclude_unexpected_values"]?.GetValue<bool>() ?? false,
            ReturnIndexQuery = settings["return_unexpected_index_query"]?.GetValue<bool>() ?? true,
        });
    }
}
