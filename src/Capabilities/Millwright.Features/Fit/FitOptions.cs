namespace Millwright.Features.Fit;

/// <summary>What the fit is told.</summary>
/// <param name="Label">Column to learn; empty = none.</param>
/// <param name="Positive">The label's positive value, for text labels.</param>
/// <param name="RowId">Column that identifies rows; empty = none.</param>
/// <param name="Exclude">Columns that are no features.</param>
/// <param name="Keep">Raw columns to carry along.</param>
/// <param name="MostCategories">Largest number of categories of a text column.</param>
/// <param name="Missing">What a missing number becomes.</param>
internal sealed record FitOptions(
    string Label,
    string Positive,
    string RowId,
    IReadOnlyList<string> Exclude,
    IReadOnlyList<string> Keep,
    int MostCategories,
    Encoding.MissingNumber Missing);
