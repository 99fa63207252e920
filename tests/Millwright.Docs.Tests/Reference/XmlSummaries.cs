using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Millwright.Docs.Tests.Reference;

/// <summary>Summaries of types and properties, from the documentation files that the compiler writes beside the assemblies.</summary>
internal static partial class XmlSummaries
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Read = [];

    /// <summary>A type's summary as plain text.</summary>
    public static string Of(Type type) => Text(type.Assembly, $"T:{type.FullName}");

    /// <summary>A property's summary; one that only points to another property has that one's.</summary>
    public static string Of(PropertyInfo property) => Text(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    private static string Text(Assembly assembly, string member)
    {
        if (!Members(assembly).TryGetValue(member, out var found) || found.Element("summary") is not { } summary)
        {
            return "";
        }

        if (summary.Elements("see").ToArray() is [var only] && (string?)only.Attribute("cref") is { } target && Plain(summary).StartsWith("See ", StringComparison.Ordinal))
        {
            return Text(assembly, target);
        }

        return Plain(summary);
    }

    private static string Plain(XElement summary) => Spaces().Replace(
        string.Concat(summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement element when (string?)element.Attribute("cref") is ['P', ':', .. var target] => $"`{char.ToLowerInvariant(target.Split('.')[^1][0])}{target.Split('.')[^1][1..]}`",
            XElement element when (string?)element.Attribute("cref") is { } target => target.Split('.')[^1],
            XElement element => element.Value,
            _ => "",
        })),
        " ").Trim();

    private static Dictionary<string, XElement> Members(Assembly assembly)
    {
        if (!Read.TryGetValue(assembly, out var members))
        {
            var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
            Read[assembly] = members = XDocument.Load(file).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);
        }

        return members;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
