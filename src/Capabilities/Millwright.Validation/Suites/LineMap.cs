using System.Text.Json;

namespace Millwright.Validation.Suites;

/// <summary>The line of every key and element of a JSON text, by its path, so that errors can name it.</summary>
internal sealed class LineMap
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The text is not JSON.</exception>
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
                    key = $"{places.Peek().Path}.{reader.GetString()}";
                    _lines[key] = line;
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    places.Pop();
                    break;
                default:
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
