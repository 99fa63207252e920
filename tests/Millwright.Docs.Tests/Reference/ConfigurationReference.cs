using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Millwright.Server.Hosting;

namespace Millwright.Docs.Tests.Reference;

/// <summary>Writes <c>docs/reference/configuration.md</c> from the options types.</summary>
internal static class ConfigurationReference
{
    public static string Write()
    {
        var text = new StringBuilder("""
            # Configuration

            Generated from the options types. `millwright.yaml` at the project's root; every key is optional. Durations are written like `500ms`,
            `30s`, `10m`, `2h` or `1d`. An unknown key or a value of the wrong type is an error with its line, and all errors are reported together.

            """);
        foreach (var section in Composition.Sections.OrderBy(section => section.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {section.Name}\n\n{XmlSummaries.Of(section.Options)}\n\n| Key | Kind | Default | Meaning |\n|---|---|---|---|\n");
            Rows(text, section.Name, section.Options, Activator.CreateInstance(section.Options));
        }

        return text.ToString();
    }

    private static void Rows(StringBuilder text, string path, Type options, object? defaults)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var key = $"{path}.{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}";
            var standard = defaults is null ? null : property.GetValue(defaults);
            text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {Kind(property.PropertyType)} | {Shown(standard)} | {XmlSummaries.Of(property)} |\n");
            if (Item(property.PropertyType) is { } item)
            {
                Rows(text, key + "[]", item, null);
            }
        }
    }

    private static Type? Item(Type type) =>
        type.IsGenericType && type.GetGenericArguments()[0] is { IsClass: true } item && item != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) ? item : null;

    private static string Kind(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "true or false",
            TypeCode.Int32 or TypeCode.Int64 when !type.IsEnum => "whole number",
            TypeCode.Double => "number",
            TypeCode.String => "text",
            _ when type.IsEnum => string.Join(", ", Enum.GetNames(type)),
            _ when type == typeof(TimeSpan) => "duration",
            _ when type == typeof(Uri) => "URL",
            _ when type.IsAssignableTo(typeof(IEnumerable)) => "list",
            _ => "keys",
        };
    }

    private static string Shown(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan span => $"`{Duration(span)}`",
        string text => text.Length == 0 ? "none" : $"`{text}`",
        IEnumerable list => list.Cast<object>().ToArray() is [_, ..] items ? $"`[{string.Join(", ", items)}]`" : "none",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => "none",
    };

    private static string Duration(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromSeconds(1) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds}ms"),
        _ when span < TimeSpan.FromMinutes(1) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds}s"),
        _ when span < TimeSpan.FromHours(1) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes}m"),
        _ when span < TimeSpan.FromDays(1) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays}d"),
    };
}
