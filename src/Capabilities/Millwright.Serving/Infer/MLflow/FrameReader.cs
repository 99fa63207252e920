using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Serving.Load;

namespace Millwright.Serving.Infer.MLflow;

/// <summary>Reads data frames into a batch.</summary>
internal ref struct FrameReader(ServedModel model, RowBatch rows)
{
    private const int Ignored = -1;

    /// <summary>Reads <c>{"columns": […], "data": [[…], …]}</c>; members in any order, <c>index</c> is ignored.</summary>
    public Problem? ReadSplit(ref Utf8JsonReader json)
    {
        int[]? order = null;
        var data = default(Utf8JsonReader);
        var hasData = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("columns"u8))
            {
                json.Read();
                if (ReadOrder(ref json, out order) is { } problem)
                {
                    return problem;
                }
            }
            else if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                data = json;
                hasData = true;
                json.Skip();
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        if (!hasData || data.TokenType != JsonTokenType.StartArray)
        {
            return InferProblems.Body("'dataframe_split' has no list 'data'.", "Send {\"columns\": […], \"data\": [[…], …]}.");
        }

        return ReadRows(ref data, order);
    }

    /// <summary>Reads <c>{"column": [values], …}</c>.</summary>
    public Problem? ReadColumns(ref Utf8JsonReader json)
    {
        var isFirst = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            var column = ColumnFinder.Find(ref json, model, 0);
            json.Read();
            if (column == Ignored)
            {
                json.Skip();
                continue;
            }

            if (!rows.Give(column))
            {
                return InferProblems.Names($"The input '{name}' comes twice.", model);
            }

            if (json.TokenType != JsonTokenType.StartArray)
            {
                return InferProblems.Shape($"The input '{name}' is not a list.");
            }

            var count = 0;
            for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
            {
                if (isFirst)
                {
                    rows.SetRows(count + 1);
                }

                if (count >= rows.Rows)
                {
                    json.Skip();
                }
                else if (CellReader.Read(ref json, model, column, count, rows) is { } problem)
                {
                    return problem;
                }
            }

            if (count != rows.Rows)
            {
                return InferProblems.Shape($"The input '{name}' has {count} rows, the first input {rows.Rows}.");
            }

            isFirst = false;
        }

        return null;
    }

    /// <summary>Reads a list of rows, each an object or a list; lists are in the order of <paramref name="order"/>, or of the signature.</summary>
    public Problem? ReadRows(ref Utf8JsonReader json, int[]? order = null)
    {
        for (var row = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; row++)
        {
            rows.SetRows(row + 1);
            var problem = json.TokenType switch
            {
                JsonTokenType.StartObject when order is null => ReadRecord(ref json, row),
                JsonTokenType.StartArray => ReadList(ref json, row, order),
                _ => InferProblems.Shape($"Row {row} is not {(order is null ? "an object or a list" : "a list")}."),
            };
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private Problem? ReadOrder(ref Utf8JsonReader json, out int[] order)
    {
        var found = new List<int>();
        order = [];
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return InferProblems.Body("'columns' is not a list.", "Send the columns' names.");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.String)
            {
                return InferProblems.Body("'columns' holds something that is not a text.", "Send the columns' names.");
            }

            var column = ColumnFinder.Find(ref json, model, found.Count);
            if (column != Ignored && !rows.Give(column))
            {
                return InferProblems.Names($"The column '{model.ColumnNames[column]}' comes twice.", model);
            }

            found.Add(column);
        }

        order = [.. found];
        return null;
    }

    private Problem? ReadRecord(ref Utf8JsonReader json, int row)
    {
        for (var position = 0; json.Read() && json.TokenType == JsonTokenType.PropertyName; position++)
        {
            var column = ColumnFinder.Find(ref json, model, position);
            json.Read();
            if (column == Ignored)
            {
                json.Skip();
                continue;
            }

            rows.Give(column);
            if (CellReader.Read(ref json, model, column, row, rows) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private Problem? ReadList(ref Utf8JsonReader json, int row, int[]? order)
    {
        var width = order?.Length ?? model.Columns.Length;
        var position = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; position++)
        {
            var column = position >= width ? Ignored : order is null ? position : order[position];
            if (column == Ignored)
            {
                json.Skip();
                continue;
            }

            if (order is null)
            {
                rows.Give(column);
            }

            if (CellReader.Read(ref json, model, column, row, rows) is { } problem)
            {
                return problem;
            }
        }

        return position == width ? null : InferProblems.Shape($"Row {row} has {position} values, expected {width}.");
    }
}
