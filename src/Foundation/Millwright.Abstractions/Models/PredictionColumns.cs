namespace Millwright.Abstractions.Models;

/// <summary>Columns of the table that the action <c>predict</c> writes and that evaluation, fairness and the gate read; kept columns stand beside them.</summary>
public static class PredictionColumns
{
    /// <summary>What identifies the row, when the encoding has such a column.</summary>
    public const string RowId = "row_id";

    /// <summary>The truth: 0 or 1 for two classes; absent when the table had none.</summary>
    public const string Label = "label";

    /// <summary>The model's score; with several classes <c>score_0</c>, <c>score_1</c>, …</summary>
    public const string Score = "score";
}
