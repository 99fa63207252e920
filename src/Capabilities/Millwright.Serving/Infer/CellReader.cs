using System.Buffers;
using System.Text.Json;
using Millwright.Abstractions.Results;

namespace Millwright.Serving.Infer;

/// <summary>Reads one JSON value into a place of a batch, checked against the column's type.</summary>
internal static class CellReader
{
    private const int ShortText = 256;

    /// <summary>Reads the value the reader stands on; null, or what is wrong with it.</summary>
    public static Problem? Read(ref Utf8JsonReader json, Load.ServedModel model, int column, int row, RowBatch batch, Datatype? datatype = null)
    {
        var wanted = model.Columns[column];
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        switch (wanted.Type, json.TokenType)
        {
            case ("string", JsonTokenType.String):
                ReadText(ref json, column, row, batch);
                return null;
            case ("double" or "long" or "boolean", JsonTokenType.Number):
                return ReadNumber(ref json, wanted, column, row, batch, datatype);
            case ("boolean", JsonTokenType.True or JsonTokenType.False):
                batch.Set(row, column, json.TokenType == JsonTokenType.True ? 1 : 0);
                return null;
            default:
                return InferProblems.Type(wanted, row, Describe(ref json));
        }
    }

    private static Problem? ReadNumber(ref Utf8JsonReader json, Abstractions.Models.SignatureColumn wanted, int column, int row, RowBatch batch, Datatype? datatype)
    {
        // The vector is of 32-bit floats; a number that one cannot hold would become infinite.
        if (!json.TryGetDouble(out var value) || Math.Abs(value) > float.MaxValue)
        {
            return InferProblems.Range(wanted, row, "FP32");
        }

        var isWhole = Math.Floor(value).Equals(value);
        if ((wanted.Type == "long" && !isWhole) || (wanted.Type == "boolean" && value is not (0 or 1)))
        {
            return InferProblems.Type(wanted, row, Describe(ref json));
        }

        if (datatype is { IsInteger: true } integer && (!isWhole || value < integer.Least || value > integer.Most))
        {
            return InferProblems.Range(wanted, row, integer.Name);
        }

        batch.Set(row, column, value);
        return null;
    }

    private static void ReadText(ref Utf8JsonReader json, int column, int row, RowBatch batch)
    {
        var longest = json.HasValueSequence ? checked((int)json.ValueSequence.Length) : json.ValueSpan.Length;
        var rented = longest > ShortText ? ArrayPool<char>.Shared.Rent(longest) : null;
        Span<char> text = rented ?? stackalloc char[ShortText];
        batch.SetText(row, column, text[..json.CopyString(text)]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static string Describe(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => $"the text \"{Cut(json.GetString()!)}\"",
        JsonTokenType.Number => $"the number {Cut(System.Text.Encoding.UTF8.GetString(json.ValueSpan))}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.StartArray => "a list",
        _ => "an object",
    };

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
