using System.Text.Json;

namespace Millwright.Validation.Suites;

/// <summary>The line of every key and element of a JSON text, by its path, so that errors can name it.</summary>
internal sealed class LineMap
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The text is not JSON, holds what no string can hold, or has a key twice in one object.</exception>
    internal LineMap(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var places = new Stack<(string Path, int Index)>();
        var (line, counted, key) = (1, 0L, "");
        while (reader.Read())
        {
            line += json[(int)counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    key = $"{places.Peek().Path}.{Text(reader, line)}";
                    if (!_lines.TryAdd(key, line))
                        throw new JsonException($"The key '{reader.GetString()}' stands there twice.", null, line - 1, null);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    places.Pop();
                    break;
                default:
                    _ = reader.TokenType is JsonTokenType.String ? Text(reader, line) : null;
                    if (places.TryPeek(out var place) && place.Index >= 0)
                    {
                        places.Pop();
                        places.Push((place.Path, place.Index + 1));
                        key = $"{place.Path}[{place.Index}]";
                        _lines[key] = line;
                    }

                    if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                        places.Push((key, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                    break;
            }
        }
    }

    private static string? Text(Utf8JsonReader reader, int line)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException unreadable)
        {
            // The reader checks the bytes and escapes of a string only when it is asked for it.
            throw new JsonException("A text is not UTF-8, or half a surrogate pair is escaped in it.", null, line - 1, null, unreadable);
        }
    }

    /// <summary>The line of a path such as <c>.expectations[2].kwargs.column</c>, or of the nearest thing around it.</summary>
    internal int Of(string path)
    {
        while (path.Length > 0)
        {
            if (_lines.TryGetValue(path, out var line))
                return line;
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }

        return 1;
    }
}
