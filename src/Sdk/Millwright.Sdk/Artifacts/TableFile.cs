using System.Text;

namespace Millwright.Sdk;

/// <summary>A CSV table (RFC 4180: commas, double quotes, a header).</summary>
/// <param name="Path">Absolute.</param>
public sealed record TableFile(string Path) : IArtifact<TableFile>
{
    /// <inheritdoc/>
    public static string Extension => ".csv";

    /// <inheritdoc/>
    public static TableFile At(string path) => new(path);

    /// <summary>The header.</summary>
    public IReadOnlyList<string> Header()
    {
        using var reader = new StreamReader(Path);
        return ReadRecord(reader) ?? [];
    }

    /// <summary>The rows one by one, without the header; the file is never in memory as a whole.</summary>
    public IEnumerable<TableRow> Rows()
    {
        using var reader = new StreamReader(Path);
        var names = ReadRecord(reader) ?? [];
        var columns = names.Select((name, at) => (name, at)).ToDictionary(pair => pair.name, pair => pair.at, StringComparer.Ordinal);
        while (ReadRecord(reader) is { } cells)
        {
            yield return new TableRow(columns, cells);
        }
    }

    /// <summary>Writes a whole table and returns the number of rows; the rows may be made while they are written.</summary>
    public long Write(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using var writer = new StreamWriter(Path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', header.Select(Quote)));
        long count = 0;
        foreach (var row in rows)
        {
            writer.WriteLine(string.Join(',', row.Select(Quote)));
            count++;
        }

        return count;
    }

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny("\",\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static List<string>? ReadRecord(StreamReader reader)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        while (true)
        {
            var next = reader.Read();
            switch (next)
            {
                case '"' when isQuoted && reader.Peek() == '"':
                    _ = reader.Read();
                    cell.Append('"');
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !isQuoted && reader.Peek() == '\n':
                    break;
                case '\n' when !isQuoted:
                case < 0:
                    cells.Add(cell.ToString());
                    return cells;
                default:
                    cell.Append((char)next);
                    break;
            }
        }
    }
}

/// <summary>A row of a table.</summary>
public sealed class TableRow
{
    private readonly IReadOnlyDictionary<string, int> _columns;

    internal TableRow(IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> cells) => (_columns, Cells) = (columns, cells);

    /// <summary>In the order of the header.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>The cell of a column; asking for one that is not in the header is an error.</summary>
    public string this[string column] => Cells[_columns[column]];
}
