using System.Collections.Immutable;
using System.Text.Json;
using Millwright.Abstractions.Identity;

namespace Millwright.Relational;

/// <summary>Subjects as a JSON array of their printed forms.</summary>
internal static class SubjectList
{
    public static string Write(ImmutableArray<Subject> subjects)
    {
        if (subjects.IsDefaultOrEmpty)
        {
            return "[]";
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var subject in subjects)
            {
                writer.WriteStringValue(subject.ToString());
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static ImmutableArray<Subject> Read(string json)
    {
        if (json is "[]")
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(element => Subject.TryParse(element.GetString(), out var subject) ? subject : default)];
    }
}
