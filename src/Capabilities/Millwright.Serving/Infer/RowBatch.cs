using Millwright.Abstractions.Results;
using Millwright.Serving.Load;

namespace Millwright.Serving.Infer;

/// <summary>The raw rows of one request, row-major as the encoder takes them. Reused between requests; grows as needed.</summary>
internal sealed class RowBatch
{
    public const double MissingText = -2;
    public const double UnseenText = -1;

    private readonly Dictionary<int, string> _unseen = [];
    private double[] _values = new double[256];
    private bool[] _given = new bool[64];
    private ServedModel _model = null!;

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of columns of the model.</summary>
    public int Columns { get; private set; }

    /// <summary>Begins a request for a model.</summary>
    public void Start(ServedModel model)
    {
        (_model, Rows, Columns) = (model, 0, model.Columns.Length);
        _unseen.Clear();
        if (_given.Length < Columns)
        {
            _given = new bool[Columns];
        }

        _given.AsSpan(0, Columns).Clear();
    }

    /// <summary>Sets the number of rows, all of whose values are missing until they are set.</summary>
    public void SetRows(int rows)
    {
        Grow(checked(rows * Columns));
        for (var row = Rows; row < rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                _values[(row * Columns) + column] = _model.Columns[column].Type == "string" ? MissingText : double.NaN;
            }
        }

        Rows = rows;
    }

    /// <summary>Notes that a column came; false when it came before.</summary>
    public bool Give(int column)
    {
        var isNew = !_given[column];
        _given[column] = true;
        return isNew;
    }

    public void Set(int row, int column, double value) => _values[(row * Columns) + column] = value;

    /// <summary>Sets a category; the text of one that training never saw is kept for the log.</summary>
    public void SetText(int row, int column, ReadOnlySpan<char> text)
    {
        var code = _model.Encoder.CodeOf(column, text);
        _values[(row * Columns) + column] = code;
        if (code == UnseenText)
        {
            _unseen[(row * Columns) + column] = text.ToString();
        }
    }

    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>A row as the log keeps it.</summary>
    public object?[] Raw(int row)
    {
        var raw = new object?[Columns];
        for (var column = 0; column < Columns; column++)
        {
            var value = _values[(row * Columns) + column];
            raw[column] = _model.Columns[column].Type != "string" ? value
                : value == UnseenText ? _unseen[(row * Columns) + column]
                : _model.Encoder.CategoryOf(column, (int)value);
        }

        return raw;
    }

    /// <summary>Whether every required value is there; else a problem that names column and row.</summary>
    public Problem? Check()
    {
        if (Rows == 0)
        {
            return InferProblems.Shape("The request has no rows.");
        }

        for (var row = 0; row < Rows; row++)
        {
            var values = Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                var wanted = _model.Columns[column];
                if (wanted.Required && (wanted.Type == "string" ? values[column] == MissingText : double.IsNaN(values[column])))
                {
                    return _given[column]
                        ? InferProblems.Missing(wanted.Name, row)
                        : InferProblems.Names($"The input '{wanted.Name}' is missing.", _model);
                }
            }
        }

        return null;
    }

    private void Grow(int count)
    {
        if (count > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(count, _values.Length * 2));
        }
    }
}
