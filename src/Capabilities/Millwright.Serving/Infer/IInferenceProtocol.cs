using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Serving.Load;

namespace Millwright.Serving.Infer;

/// <summary>A wire format of inference: how rows come in and scores go out. Stateless.</summary>
internal interface IInferenceProtocol
{
    /// <summary>Reads what decides about routing; rows are read later, when the version that answers is known.</summary>
    Problem? ReadHead(ReadOnlySpan<byte> body, RequestHead head);

    /// <summary>Reads the rows for a version.</summary>
    Problem? ReadRows(ReadOnlySpan<byte> body, RequestHead head, ServedModel model, RowBatch rows);

    /// <summary>Writes the answer.</summary>
    void Write(Utf8JsonWriter json, Answer answer);
}

/// <summary>What stands around the rows of a request. Reused.</summary>
internal sealed class RequestHead
{
    /// <summary>The caller's id of the request, or null.</summary>
    public string? Id { get; set; }

    /// <summary>The key that traffic sticks to, or null.</summary>
    public string? Key { get; set; }

    /// <summary>Where the rows begin in the body; −1 = there are none.</summary>
    public int RowsAt { get; set; }

    /// <summary>Which member of the body the rows are in.</summary>
    public string RowsIn { get; set; } = "";

    /// <summary>Forgets the last request.</summary>
    public void Clear() => (Id, Key, RowsAt, RowsIn) = (null, null, -1, "");

    /// <summary>Reads the member <c>parameters</c>, of which only <c>key</c> counts.</summary>
    public void ReadParameters(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isKey = json.ValueTextEquals("key"u8);
            json.Read();
            if (isKey && json.TokenType == JsonTokenType.String)
            {
                Key = json.GetString();
            }
            else
            {
                json.Skip();
            }
        }
    }
}

/// <summary>Scores of a request.</summary>
/// <param name="Model">The version that answered.</param>
/// <param name="RequestId">The caller's id, or the first prediction's.</param>
/// <param name="PredictionIds">One per row.</param>
/// <param name="Scores">Row-major, <see cref="ServedModel.OutputCount"/> per row.</param>
internal readonly record struct Answer(ServedModel Model, string RequestId, IReadOnlyList<string> PredictionIds, ReadOnlyMemory<float> Scores)
{
    /// <summary>The class of a row, or null for a regression.</summary>
    public string? LabelOf(int row)
    {
        var classes = Model.Signature.Classes;
        if (classes.IsEmpty)
        {
            return null;
        }

        var scores = Scores.Span.Slice(row * Model.OutputCount, Model.OutputCount);
        if (scores.Length == 1)
        {
            return classes[scores[0] >= Model.Signature.Threshold ? 1 : 0];
        }

        var best = 0;
        for (var index = 1; index < scores.Length; index++)
        {
            best = scores[index] > scores[best] ? index : best;
        }

        return classes[best];
    }
}
