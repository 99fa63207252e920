using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Serving.Load;

namespace Millwright.Serving.Infer.OpenInference;

/// <summary>Reads input tensors into a batch. The members of a tensor may come in any order.</summary>
internal ref struct TensorReader(ServedModel model, RowBatch rows)
{
    private int _column;
    private bool _hasName;
    private bool _hasDatatype;
    private Datatype? _datatype;
    private long _shapeRows;
    private bool _hasRows;

    /// <summary>Reads the tensor whose opening brace the reader stands on.</summary>
    public Problem? Read(ref Utf8JsonReader json, int position)
    {
        (_column, _hasName, _hasDatatype, _datatype, _shapeRows) = (-1, false, false, null, -1);
        var data = default(Utf8JsonReader);
        var hasData = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            Problem? problem = null;
            if (json.ValueTextEquals("name"u8))
            {
                problem = ReadName(ref json, position);
            }
            else if (json.ValueTextEquals("datatype"u8))
            {
                problem = ReadDatatype(ref json, position);
            }
            else if (json.ValueTextEquals("shape"u8))
            {
                problem = ReadShape(ref json, position);
            }
            else if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                data = json;
                hasData = true;
                if (_hasName && _hasDatatype && _shapeRows >= 0)
                {
                    problem = ReadData(ref json);
                    hasData = false;
                    _shapeRows = -2;
                }
                else
                {
                    json.Skip();
                }
            }
            else
            {
                json.Read();
                json.Skip();
            }

            if (problem is not null)
            {
                return problem;
            }
        }

        if (_shapeRows == -2)
        {
            return null;
        }

        if (!_hasName || !_hasDatatype || _shapeRows < 0 || !hasData)
        {
            var lacks = !_hasName ? "name" : !_hasDatatype ? "datatype" : _shapeRows < 0 ? "shape" : "data";
            return InferProblems.Body($"Input {position} has no '{lacks}'.", "Send {\"name\", \"shape\", \"datatype\", \"data\"}.");
        }

        return ReadData(ref data);
    }

    private Problem? ReadName(ref Utf8JsonReader json, int position)
    {
        json.Read();
        _hasName = true;
        if (json.TokenType != JsonTokenType.String)
        {
            return InferProblems.Body($"The name of input {position} is not a text.", "Send the column's name.");
        }

        // Callers mostly send columns in the order of the signature.
        _column = ColumnFinder.Find(ref json, model, position);
        if (_column < 0)
        {
            return InferProblems.Names($"The model has no input '{json.GetString()}'.", model);
        }

        return rows.Give(_column) ? null : InferProblems.Names($"The input '{model.ColumnNames[_column]}' comes twice.", model);
    }

    private Problem? ReadDatatype(ref Utf8JsonReader json, int position)
    {
        json.Read();
        _hasDatatype = true;
        _datatype = json.TokenType == JsonTokenType.String ? Datatype.Read(ref json) : null;
        return _datatype is not null
            ? null
            : InferProblems.Body(
                $"Input {position} has an unknown datatype{(json.TokenType == JsonTokenType.String ? $" '{json.GetString()}'" : "")}.",
                "Use BOOL, INT8 to INT64, UINT8 to UINT64, FP32, FP64 or BYTES.");
    }

    private Problem? ReadShape(ref Utf8JsonReader json, int position)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray || !json.Read() || json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out _shapeRows) || _shapeRows < 0)
        {
            return InferProblems.Shape($"The shape of input {position} is not [n] or [n, 1].");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var width) || width != 1)
            {
                return InferProblems.Shape($"The shape of input {position} is not [n] or [n, 1].");
            }
        }

        return null;
    }

    private Problem? ReadData(ref Utf8JsonReader json)
    {
        var column = model.Columns[_column];
        if (!_datatype!.Fits.Contains(column.Type))
        {
            return InferProblems.Datatype(column, _datatype.Name);
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            return InferProblems.Shape($"The data of input '{column.Name}' is not a list.");
        }

        var count = 0;
        var depth = json.CurrentDepth;
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.EndArray)
            {
                if (json.CurrentDepth == depth)
                {
                    break;
                }
            }
            else if (json.TokenType == JsonTokenType.StartArray && json.CurrentDepth == depth + 1)
            {
                // [n, 1] may be sent as lists of one value.
            }
            else if (ReadValue(ref json, count++) is { } problem)
            {
                return problem;
            }
        }

        _hasRows = true;
        return count == _shapeRows && count == rows.Rows
            ? null
            : InferProblems.Shape(count == _shapeRows
                ? $"The input '{column.Name}' has {count} rows, the first input {rows.Rows}."
                : $"The input '{column.Name}' has {count} values, its shape says {_shapeRows}.");
    }

    private Problem? ReadValue(ref Utf8JsonReader json, int row)
    {
        if (row >= rows.Rows)
        {
            // The number of rows is what the values of the first tensor say, not a shape that may be anything.
            if (_hasRows || row >= _shapeRows)
            {
                json.Skip();
                return null;
            }

            rows.SetRows(row + 1);
        }

        return CellReader.Read(ref json, model, _column, row, rows, _datatype);
    }
}
