using System.Text.Json.Nodes;

namespace Millwright.Validation.Suites;

/// <summary>Whose rules a suite follows; told by its spelling.</summary>
public enum SuiteVersion
{
    /// <summary>Great Expectations 0.x: <c>expectation_suite_name</c>, <c>expectation_type</c>.</summary>
    V0,

    /// <summary>Great Expectations 1.x: <c>name</c>, <c>type</c>.</summary>
    V1,
}

/// <summary>A list of expectations about one table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Whose rules it follows.</param>
/// <param name="Expectations">In the file's order.</param>
public sealed record ExpectationSuite(string Name, SuiteVersion Version, IReadOnlyList<ExpectationConfig> Expectations);

/// <summary>One expectation as written in a suite.</summary>
/// <param name="Type">Such as <c>expect_column_values_to_not_be_null</c>.</param>
/// <param name="Kwargs">Its arguments.</param>
public sealed record ExpectationConfig(string Type, JsonObject Kwargs)
{
    /// <summary>Its id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Notes of the author, kept as they are.</summary>
    public JsonObject Meta { get; init; } = [];

    /// <summary>The column (or columns) it speaks of, for people; empty for the table itself.</summary>
    public string Subject =>
        (Kwargs["column"] ?? Kwargs["column_list"]) is { } column ? Plain(column)
        : Kwargs["column_A"] is { } first ? $"{Plain(first)}, {Plain(Kwargs["column_B"])}"
        : "";

    private static string Plain(JsonNode? node) => node switch
    {
        JsonArray list => string.Join(", ", list.Select(Plain)),
        null => "null",
        _ => node.ToString(),
    };
}
