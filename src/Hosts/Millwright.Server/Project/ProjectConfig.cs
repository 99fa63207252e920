using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Millwright.Abstractions.Results;
using Millwright.Yaml;
using YamlDotNet.RepresentationModel;

namespace Millwright.Server.Project;

/// <summary>A part of <c>millwright.yaml</c> and the options it fills.</summary>
/// <param name="Name">The key, such as <c>delivery</c>.</param>
/// <param name="Options">Public properties are the keys below it, in camel case.</param>
public sealed record ConfigSection(string Name, Type Options);

/// <summary>
/// Reads <c>millwright.yaml</c>. Everything in it is optional; what is there must be known and of the right type, and all errors are
/// reported together with line and key.
/// </summary>
public static class ProjectConfig
{
    /// <summary>The configuration; empty when the file does not exist.</summary>
    public static Result<IConfiguration> Read(string path, IReadOnlyList<ConfigSection> sections)
    {
        if (!File.Exists(path))
        {
            return Result.Of<IConfiguration>(new ConfigurationBuilder().Build());
        }

        var reading = new Reading(Path.GetFileName(path), sections);
        var root = YamlText.Read(File.ReadAllText(path), out var fault);
        if (root is not null)
        {
            reading.Root(root);
        }
        else if (fault is not null)
        {
            reading.Errors.Add(new ProblemDetail($"not readable as YAML: {fault.Message}", Path.GetFileName(path), fault.Line));
        }

        return reading.Errors.Count == 0
            ? Result.Of<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(reading.Values).Build())
            : new Problem("config.invalid", $"'{path}' has {reading.Errors.Count} {(reading.Errors.Count == 1 ? "error" : "errors")}.", "Mend the lines named above; docs/reference/configuration.md lists every key.")
                .With(reading.Errors);
    }

    private sealed class Reading(string file, IReadOnlyList<ConfigSection> sections)
    {
        // A hundred years: more is a slip of the pen, and far more is no time span.
        private const double MostSeconds = 100 * 365.25 * 86_400;

        public List<ProblemDetail> Errors { get; } = [];

        public Dictionary<string, string?> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

        public void Root(YamlNode root)
        {
            foreach (var (name, value) in Entries(root, ""))
            {
                if (sections.FirstOrDefault(section => section.Name == name.Value) is { } known)
                {
                    Section(known.Name, known.Options, value);
                }
                else
                {
                    Error(name, name.Value!, $"unknown key; known are {string.Join(", ", sections.Select(section => section.Name))}");
                }
            }
        }

        private void Section(string path, Type options, YamlNode node)
        {
            var known = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToList();
            foreach (var (name, value) in Entries(node, path))
            {
                var key = $"{path}.{name.Value}";
                if (known.FirstOrDefault(property => string.Equals(Camel(property.Name), name.Value, StringComparison.Ordinal)) is { } property)
                {
                    Value(key, property.PropertyType, value);
                }
                else
                {
                    Error(name, key, $"unknown key; known are {string.Join(", ", known.Select(candidate => Camel(candidate.Name)))}");
                }
            }
        }

        private void Value(string key, Type type, YamlNode node)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (node is YamlScalarNode { Value: { } text } scalar && type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type))
            {
                Error(node, key, $"expected a list, found '{text}'");
            }
            else if (node is YamlSequenceNode list && typeof(IEnumerable).IsAssignableFrom(type) && type != typeof(string))
            {
                var item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
                for (var index = 0; index < list.Children.Count; index++)
                {
                    Value($"{key}.{index}", item, list.Children[index]);
                }
            }
            else if (node is YamlScalarNode one)
            {
                Scalar(key, type, one);
            }
            else
            {
                Section(key, type, node);
            }
        }

        private void Scalar(string key, Type type, YamlScalarNode node)
        {
            var text = node.Value ?? "";
            var (fits, expected) = Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean => (text is "true" or "false", "true or false"),
                TypeCode.Int32 or TypeCode.Int64 when !type.IsEnum => (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), "a whole number"),
                TypeCode.Double => (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _), "a number"),
                TypeCode.String => (true, ""),
                _ when type.IsEnum => (Enum.TryParse(type, text, ignoreCase: true, out _), string.Join(", ", Enum.GetNames(type))),
                _ when type == typeof(TimeSpan) => (Duration(text) is not null, "a duration such as 500ms, 30s, 10m or 2h"),
                _ when type == typeof(Uri) => (Uri.TryCreate(text, UriKind.Absolute, out _), "a URL"),
                _ => (true, ""),
            };
            if (!fits)
            {
                Error(node, key, $"expected {expected}, found '{text}'");
                return;
            }

            var path = key.Replace('.', ':');
            if (!Values.TryAdd(path, type == typeof(TimeSpan) ? Duration(text)!.Value.ToString("c", CultureInfo.InvariantCulture) : text))
            {
                Error(node, key, "stands there twice");
            }
        }

        private IEnumerable<(YamlScalarNode Name, YamlNode Value)> Entries(YamlNode node, string path)
        {
            if (node is YamlMappingNode map)
            {
                foreach (var key in map.Children.Keys.Where(key => key is not YamlScalarNode))
                {
                    Error(key, Shown(path), "expected a key, found a list or map");
                }

                return map.Children.Where(entry => entry.Key is YamlScalarNode).Select(entry => ((YamlScalarNode)entry.Key, entry.Value));
            }

            if (node is not YamlScalarNode { Value: null or "" })
            {
                Error(node, Shown(path), "expected keys and values");
            }

            return [];
        }

        private void Error(YamlNode node, string key, string message) => Errors.Add(new ProblemDetail(message, file, (int)node.Start.Line, key));

        private static string Shown(string path) => path.Length == 0 ? "(root)" : path;

        private static TimeSpan? Duration(string text)
        {
            var unit = text.TrimStart("0123456789.".ToCharArray());
            var seconds = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86_400, _ => double.NaN };
            return double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount * seconds <= MostSeconds
                ? TimeSpan.FromSeconds(amount * seconds)
                : null;
        }

        private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
    }
}
