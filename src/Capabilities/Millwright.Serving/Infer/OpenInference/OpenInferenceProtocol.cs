using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Serving.Load;

namespace Millwright.Serving.Infer.OpenInference;

/// <summary>
/// The Open Inference Protocol, version 2, as JSON: an input tensor per raw column, of shape [n] or [n, 1], in any order. Outputs are
/// <c>score</c> and, for classifiers, <c>label</c>; the parameter <c>prediction_ids</c> holds an id per row, separated by commas
/// (the protocol allows no lists there).
/// </summary>
internal sealed class OpenInferenceProtocol : IInferenceProtocol
{
    public Problem? ReadHead(ReadOnlySpan<byte> body, RequestHead head)
    {
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return InferProblems.Body("The body is not a JSON object.", "Send {\"inputs\": […]}.");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("inputs"u8))
            {
                json.Read();
                (head.RowsAt, head.RowsIn) = (checked((int)json.TokenStartIndex), "inputs");
                json.Skip();
            }
            else if (json.ValueTextEquals("id"u8))
            {
                json.Read();
                if (json.TokenType != JsonTokenType.String)
                {
                    return InferProblems.Body("'id' is not a text.", "Send the request's id as a string, or leave it away.");
                }

                head.Id = json.GetString();
            }
            else if (json.ValueTextEquals("parameters"u8))
            {
                head.ReadParameters(ref json);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        // Whatever follows the object is an error that the reader finds.
        json.Read();
        return head.RowsAt < 0 ? InferProblems.Body("The body has no 'inputs'.", "Send {\"inputs\": [{\"name\", \"shape\", \"datatype\", \"data\"}, …]}.") : null;
    }

    public Problem? ReadRows(ReadOnlySpan<byte> body, RequestHead head, ServedModel model, RowBatch rows)
    {
        var json = new Utf8JsonReader(body[head.RowsAt..]);
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return InferProblems.Body("'inputs' is not a list.", "Send a list of tensors, one per column.");
        }

        var tensor = new TensorReader(model, rows);
        for (var position = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; position++)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return InferProblems.Body($"Input {position} is not an object.", "Send {\"name\", \"shape\", \"datatype\", \"data\"}.");
            }

            if (tensor.Read(ref json, position) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    public void Write(Utf8JsonWriter json, Answer answer)
    {
        var rows = answer.PredictionIds.Count;
        json.WriteStartObject();
        json.WriteString("model_name"u8, answer.Model.Name);
        json.WriteString("model_version"u8, answer.Model.VersionText);
        json.WriteString("id"u8, answer.RequestId);
        json.WriteStartObject("parameters"u8);
        json.WriteString("prediction_ids"u8, rows == 1 ? answer.PredictionIds[0] : string.Join(',', answer.PredictionIds));
        json.WriteEndObject();
        json.WriteStartArray("outputs"u8);
        WriteHead(json, "score"u8, "FP32"u8, rows, answer.Model.OutputCount);
        foreach (var score in answer.Scores.Span)
        {
            json.WriteNumberValue(score);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        if (!answer.Model.Signature.Classes.IsEmpty)
        {
            WriteHead(json, "label"u8, "BYTES"u8, rows, 1);
            for (var row = 0; row < rows; row++)
            {
                json.WriteStringValue(answer.LabelOf(row));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> datatype, int rows, int width)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(rows);
        if (width > 1)
        {
            json.WriteNumberValue(width);
        }

        json.WriteEndArray();
        json.WriteString("datatype"u8, datatype);
        json.WriteStartArray("data"u8);
    }
}
