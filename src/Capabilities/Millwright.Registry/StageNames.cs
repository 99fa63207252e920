using Millwright.Abstractions.Results;

namespace Millwright.Registry;

/// <summary>Stages as words.</summary>
public static class StageNames
{
    /// <summary>Lower case: <c>none</c>, <c>staging</c>, <c>production</c>, <c>archived</c>.</summary>
    public static string Of(Stage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>Reads a word in any case.</summary>
    public static Result<Stage> Parse(string text) =>
        Enum.TryParse<Stage>(text, ignoreCase: true, out var stage) && !char.IsAsciiDigit(text[0])
            ? stage
            : new Problem("model.stage", $"'{text}' is not a stage.", "Use none, staging, production or archived.");
}
