using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Serving.Load;

namespace Millwright.Serving.Infer.MLflow;

/// <summary>
/// The body of MLflow's scoring server: <c>dataframe_split</c>, <c>dataframe_records</c>, <c>inputs</c> (columns or rows) or
/// <c>instances</c> (rows). Columns that the model does not know are ignored, as MLflow does. The answer is <c>predictions</c>, with
/// <c>prediction_ids</c> and <c>model_version</c> beside it.
/// </summary>
internal sealed class MLflowProtocol : IInferenceProtocol
{
    private static readonly string[] Members = ["dataframe_split", "dataframe_records", "inputs", "instances"];

    public Problem? ReadHead(ReadOnlySpan<byte> body, RequestHead head)
    {
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return InferProblems.Body("The body is not a JSON object.", $"Send an object with one of {string.Join(", ", Members)}.");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("params"u8))
            {
                head.ReadParameters(ref json);
                continue;
            }

            var member = MemberOf(ref json);
            json.Read();
            if (member is not null)
            {
                if (head.RowsAt >= 0)
                {
                    return InferProblems.Body($"The body has both '{head.RowsIn}' and '{member}'.", "Send one of them.");
                }

                (head.RowsAt, head.RowsIn) = (checked((int)json.TokenStartIndex), member);
            }

            json.Skip();
        }

        json.Read();
        return head.RowsAt < 0 ? InferProblems.Body($"The body has none of {string.Join(", ", Members)}.", "Send the rows in one of them.") : null;
    }

    public Problem? ReadRows(ReadOnlySpan<byte> body, RequestHead head, ServedModel model, RowBatch rows)
    {
        var json = new Utf8JsonReader(body[head.RowsAt..]);
        json.Read();
        var frame = new FrameReader(model, rows);
        return (head.RowsIn, json.TokenType) switch
        {
            ("dataframe_split", JsonTokenType.StartObject) => frame.ReadSplit(ref json),
            ("inputs", JsonTokenType.StartObject) => frame.ReadColumns(ref json),
            ("dataframe_records" or "inputs" or "instances", JsonTokenType.StartArray) => frame.ReadRows(ref json),
            ("dataframe_split", _) => InferProblems.Body("'dataframe_split' is not an object.", "Send {\"columns\": […], \"data\": [[…], …]}."),
            _ => InferProblems.Body($"'{head.RowsIn}' is not a list of rows.", "Send a list of objects or of lists."),
        };
    }

    public void Write(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject();
        json.WriteStartArray("predictions"u8);
        var width = answer.Model.OutputCount;
        for (var row = 0; row < answer.PredictionIds.Count; row++)
        {
            var scores = answer.Scores.Span.Slice(row * width, width);
            if (width == 1)
            {
                json.WriteNumberValue(scores[0]);
                continue;
            }

            json.WriteStartArray();
            foreach (var score in scores)
            {
                json.WriteNumberValue(score);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("prediction_ids"u8);
        foreach (var id in answer.PredictionIds)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        json.WriteString("model_version"u8, answer.Model.VersionText);
        json.WriteEndObject();
    }

    private static string? MemberOf(ref Utf8JsonReader json)
    {
        foreach (var member in Members)
        {
            if (json.ValueTextEquals(member))
            {
                return member;
            }
        }

        return null;
    }
}
