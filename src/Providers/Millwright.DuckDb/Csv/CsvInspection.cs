using System.Text;
using System.Text.Unicode;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.DuckDb.Csv;

/// <summary>
/// One pass over a delimited text file in bounded memory: encoding, header, width of every record and the type of every column.
/// Wrong records are collected with their line and expected width, so that a person repairs the file in one go.
/// </summary>
internal sealed class CsvInspection(string path, Stream file)
{
    private const int FirstBuffer = 1 << 18;
    private const int LongestAllowedRecord = 1 << 26;
    private const int NamedRecords = 10;

    private readonly List<ProblemDetail> _ragged = [];
    private byte[] _buffer = new byte[FirstBuffer];
    private int _length;
    private bool _atEnd;
    private long _offset;
    private int _line = 1;
    private byte _delimiter = (byte)',';
    private string[]? _names;
    private ColumnGuess[] _guesses = [];
    private int _longest;
    private long _raggedCount;
    private int _carriageReturns;
    private int _newLines;
    private int _pairs;
    private uint _missing = 1;

    internal Result<CsvShape> Run(CancellationToken ct)
    {
        Fill(0);
        if (_length == 0)
            return CsvSource.Empty(path);
        if (_buffer.AsSpan(0, _length) is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return NotUtf8(0, "The file is UTF-16.");
        if (_buffer.AsSpan(0, _length) is [0xEF, 0xBB, 0xBF, ..])
            Fill(3);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var (consumed, problem) = Scan();
            if (problem is not null)
                return problem;
            if (_atEnd && consumed == _length)
                break;
            if (consumed == 0 && _length == _buffer.Length)
            {
                if (_length >= LongestAllowedRecord)
                    return OpenQuote();
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            Fill(consumed);
        }

        return Conclude();
    }

    /// <summary>Scans the complete records in the buffer; returns the bytes that are done with.</summary>
    private (int Consumed, Problem? Problem) Scan()
    {
        var lineBefore = _line;
        var at = 0;
        Problem? problem = null;
        while (at < _length && problem is null)
        {
            var next = Record(at, out problem);
            if (next < 0)
                break;
            _longest = Math.Max(_longest, next - at);
            at = next;
        }

        // A record ends with an ASCII byte, so that no character is cut here.
        if (!Utf8.IsValid(_buffer.AsSpan(0, at)))
            return (at, NotUtf8(lineBefore));
        if (problem is null && at < _length && _atEnd)
            problem = OpenQuote();
        return (at, problem);
    }

    /// <summary>Reads one record; returns where the next one starts, or -1 when its end is not in the buffer.</summary>
    private int Record(int start, out Problem? problem)
    {
        problem = null;
        var buffer = _buffer.AsSpan(0, _length);
        if (_names is null)
            return Header(buffer, start, out problem);
        var (line, fields, at) = (_line, 0, start);
        if (_names.Length > 1 && buffer[start] is (byte)'\n' or (byte)'\r')
        {
            var skipped = EndOfLine(buffer, start);
            _line += skipped < 0 ? 0 : 1;
            return skipped;
        }

        while (true)
        {
            var end = FieldEnd(buffer, at, out var content, out var lines);
            if (end < 0)
                return -1;
            if (fields < _guesses.Length && _guesses[fields].See(content) is var missing and >= 0)
                _missing |= 1u << missing;
            fields++;
            line += lines;
            if (end < buffer.Length && buffer[end] == _delimiter)
            {
                at = end + 1;
                if (at == buffer.Length && !_atEnd)
                    return -1;
                continue;
            }

            var next = EndOfLine(buffer, end);
            if (next < 0)
                return -1;
            if (fields != _guesses.Length)
                Ragged(fields);
            _line = line + (end < buffer.Length ? 1 : 0);
            return next;
        }
    }

    private int Header(ReadOnlySpan<byte> buffer, int start, out Problem? problem)
    {
        problem = null;
        _delimiter = Delimiter(buffer[start..]);
        var names = new List<string>();
        var (line, at) = (_line, start);
        while (true)
        {
            var end = FieldEnd(buffer, at, out var content, out var lines);
            if (end < 0)
                return -1;
            if (!Utf8.IsValid(content))
            {
                problem = NotUtf8(_line);
                return end;
            }

            line += lines;
            var name = Encoding.UTF8.GetString(content).Replace("\"\"", "\"", StringComparison.Ordinal);
            names.Add(name.Length == 0 ? $"column{names.Count}" : name);
            if (end < buffer.Length && buffer[end] == _delimiter)
            {
                at = end + 1;
                continue;
            }

            var next = EndOfLine(buffer, end);
            if (next < 0)
                return -1;
            problem = end == start ? CsvSource.Empty(path) : Duplicates(names);
            _line = line + 1;
            _names = [.. names];
            _guesses = new ColumnGuess[_names.Length];
            Array.Fill(_guesses, ColumnGuess.Open);
            return next;
        }
    }

    /// <summary>The end of the field at <paramref name="at"/> (its delimiter, line end or the end of the file), or -1.</summary>
    private int FieldEnd(ReadOnlySpan<byte> buffer, int at, out ReadOnlySpan<byte> content, out int lines)
    {
        lines = 0;
        content = default;
        if (at < buffer.Length && buffer[at] == (byte)'"')
        {
            var from = at + 1;
            while (true)
            {
                var quote = buffer[from..].IndexOf((byte)'"');
                if (quote < 0 || (from + quote + 1 == buffer.Length && !_atEnd))
                    return -1;
                from += quote + 1;
                if (from < buffer.Length && buffer[from] == (byte)'"')
                {
                    from++;
                    continue;
                }

                content = buffer[(at + 1)..(from - 1)];
                lines = content.Count((byte)'\n');
                at = from;
                break;
            }

            var rest = buffer[at..].IndexOfAny(_delimiter, (byte)'\n', (byte)'\r');
            return rest >= 0 ? at + rest : _atEnd ? buffer.Length : -1;
        }

        var end = buffer[at..].IndexOfAny(_delimiter, (byte)'\n', (byte)'\r');
        if (end < 0 && !_atEnd)
            return -1;
        end = end < 0 ? buffer.Length : at + end;
        content = buffer[at..end];
        return end;
    }

    /// <summary>Where the next line starts, or -1 when a carriage return is the last byte in the buffer.</summary>
    private int EndOfLine(ReadOnlySpan<byte> buffer, int at)
    {
        if (at == buffer.Length)
            return at;
        if (buffer[at] == (byte)'\n')
        {
            _newLines++;
            return at + 1;
        }

        if (at + 1 == buffer.Length && !_atEnd)
            return -1;
        if (at + 1 < buffer.Length && buffer[at + 1] == (byte)'\n')
        {
            _pairs++;
            return at + 2;
        }

        _carriageReturns++;
        return at + 1;
    }

    private static byte Delimiter(ReadOnlySpan<byte> buffer)
    {
        var end = buffer.IndexOfAny((byte)'\n', (byte)'\r');
        var header = end < 0 ? buffer : buffer[..end];
        var (best, most) = ((byte)',', header.Count((byte)','));
        foreach (var candidate in ";\t|"u8)
        {
            var count = header.Count(candidate);
            if (count > most)
                (best, most) = (candidate, count);
        }

        return best;
    }

    private void Fill(int consumed)
    {
        _offset += consumed;
        _buffer.AsSpan(consumed, _length - consumed).CopyTo(_buffer);
        _length -= consumed;
        while (!_atEnd && _length < _buffer.Length)
        {
            var read = file.Read(_buffer, _length, _buffer.Length - _length);
            _atEnd = read == 0;
            _length += read;
        }
    }

    private void Ragged(int fields)
    {
        _raggedCount++;
        if (_ragged.Count < NamedRecords)
            _ragged.Add(new ProblemDetail($"{fields} field{(fields == 1 ? "" : "s")}, expected {_guesses.Length}.", path, _line));
    }

    private Result<CsvShape> Conclude()
    {
        if (_names is null)
            return CsvSource.Empty(path);
        if (_raggedCount > 0)
        {
            return new Problem(
                "table.ragged",
                $"'{path}' has {_raggedCount} {(_raggedCount == 1 ? "row" : "rows")} whose number of fields differs from the header's {_names.Length}.",
                "Give every row as many fields as the header; put a value that holds the delimiter or a line break in double quotes.").With(_ragged);
        }

        var newLine = (_pairs, _newLines, _carriageReturns) switch { ( > 0, 0, 0) => "\\r\\n", (0, 0, > 0) => "\\r", (0, _, 0) => "\\n", _ => null };
        var missing = CsvMissing.Spellings.Where((_, spelling) => (_missing & (1u << spelling)) != 0).ToList();
        return new CsvShape((char)_delimiter, newLine, _longest, missing, [.. _names.Select((name, index) => new TableColumn(name, _guesses[index].Type))]);
    }

    private Problem? Duplicates(List<string> names)
    {
        var repeated = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).ToList();
        return repeated.Count == 0
            ? null
            : new Problem(
                "table.duplicate-column",
                $"'{path}' names the column '{repeated[0].Key}' {repeated[0].Count()} times.",
                "Give every column its own name; names that differ only in case count as equal.")
                .With(repeated.Select(group => new ProblemDetail($"Stands {group.Count()} times in the header: {string.Join(", ", group)}.", path, 1, group.Key)));
    }

    private Problem OpenQuote() => new Problem(
        "table.open-quote",
        $"'{path}' has a quoted value that starts in line {_line} and does not end.",
        "Close the quote; a double quote inside a quoted value is written twice.").With([new ProblemDetail("The record does not end.", path, _line)]);

    private Problem NotUtf8(int line)
    {
        var bytes = _buffer.AsSpan(0, _length);
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
        {
            line += bytes[at] == (byte)'\n' ? 1 : 0;
            at += used;
        }

        return NotUtf8(line, $"The byte 0x{bytes[at]:X2} at offset {_offset + at} is not UTF-8.");
    }

    private Problem NotUtf8(int line, string what) => new Problem(
        "table.encoding",
        $"'{path}' is not UTF-8. {what}",
        "Convert it, for example with 'iconv -f WINDOWS-1252 -t UTF-8' (or '-f UTF-16').").With([new ProblemDetail(what, path, Math.Max(line, 1))]);
}
