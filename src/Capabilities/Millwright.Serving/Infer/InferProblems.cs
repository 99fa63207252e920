using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Serving.Load;

namespace Millwright.Serving.Infer;

/// <summary>What can be wrong with a request, in words that say what to send instead.</summary>
internal static class InferProblems
{
    public static Problem Json(string message) => new("inference.json", $"The body is not JSON: {message}", "Send one JSON object; a missing value is null, not NaN.");

    public static Problem NotANumber(string literal) => new(
        "inference.nan", $"The body holds {literal}, which is not JSON.", "Send null for a missing value.");

    public static Problem Shape(string message) => new("inference.shape", message, "Every input needs the same number of rows: shape [n] or [n, 1] with n values.");

    public static Problem Body(string message, string fix) => new("inference.body", message, fix);

    public static Problem Names(string message, ServedModel model) => new(
        "inference.names", message, $"{model.Name} version {model.Version} takes {string.Join(", ", model.ColumnNames)}.");

    public static Problem Missing(string column, int row) => new(
        "inference.missing", $"The input '{column}' is missing in row {row}, but training never missed it.", "Send a value.");

    public static Problem Type(SignatureColumn column, int row, string found) => new(
        "inference.type", $"The input '{column.Name}' is {found} in row {row}; expected {column.Type}.", "Send values of the model's signature.");

    public static Problem Datatype(SignatureColumn column, string datatype) => new(
        "inference.datatype", $"The input '{column.Name}' has the datatype {datatype}, but is {column.Type}.",
        column.Type switch
        {
            "string" => "Send BYTES.",
            "boolean" => "Send BOOL.",
            "long" => "Send INT64, another integer, or whole numbers as FP64.",
            _ => "Send FP64, FP32 or an integer.",
        });

    public static Problem Range(SignatureColumn column, int row, string datatype) => new(
        "inference.range", $"The input '{column.Name}' is not a value of {datatype} in row {row}.", "Send a value in range, or a wider datatype.");
}
