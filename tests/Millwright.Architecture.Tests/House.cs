using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Millwright.Architecture.Tests;

/// <summary>The projects below a folder's <c>src</c>, discovered, with their storeys and arrows.</summary>
internal sealed record House(IReadOnlyList<Room> Rooms, IReadOnlyDictionary<string, IReadOnlySet<string>> Allowed)
{
    private static readonly string[] Order = ["Hosts", "Providers", "Capabilities", "Foundation", "Sdk"];

    public static House Read(string root)
    {
        var rooms = Directory.GetFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Room.Read)
            .OrderBy(room => room.Name, StringComparer.Ordinal)
            .ToList();
        var allowed = rooms.Select(room => room.Storey).Distinct().ToDictionary(
            storey => storey,
            storey => (IReadOnlySet<string>)XDocument.Load(Path.Combine(root, "eng", $"{storey}.targets"))
                .Descendants("AllowedStoreys").Single().Value.Split(';').ToHashSet());
        return new House(rooms, allowed);
    }

    /// <summary>Arrows that the storeys do not allow, as <c>A -> B</c>.</summary>
    public IReadOnlyList<string> WrongArrows() =>
    [
        .. from room in Rooms
           from target in room.References
           let storey = Rooms.FirstOrDefault(other => other.Name == target)?.Storey ?? "nowhere"
           where !Allowed[room.Storey].Contains(storey)
           select $"{room.Name} -> {target}",
    ];

    /// <summary>The diagram of storeys and arrows, as Mermaid. Arrows to Abstractions, which everything has, are left out.</summary>
    public string Diagram()
    {
        var text = new StringBuilder("```mermaid\nflowchart TD\n");
        foreach (var storey in Order)
        {
            text.Append($"  subgraph {storey}\n");
            foreach (var room in Rooms.Where(room => room.Storey == storey))
            {
                text.Append($"    {room.Short}\n");
            }

            text.Append("  end\n");
        }

        foreach (var room in Rooms)
        {
            foreach (var target in room.References.Where(target => target is not "Millwright.Abstractions").Order(StringComparer.Ordinal))
            {
                text.Append($"  {room.Short} --> {target["Millwright.".Length..]}\n");
            }
        }

        return text.Append("```\n").ToString();
    }

    /// <summary>The document with its diagram replaced by the current one.</summary>
    public string Refresh(string document) => Regex.Replace(
        document, "(<!-- diagram:begin -->\n).*?(<!-- diagram:end -->)", match => match.Groups[1].Value + Diagram() + match.Groups[2].Value, RegexOptions.Singleline);
}

/// <summary>A project.</summary>
internal sealed record Room(string Name, string Storey, string Folder, IReadOnlyList<string> References)
{
    public string Short => Name["Millwright.".Length..];

    public static Room Read(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        return new Room(
            Path.GetFileNameWithoutExtension(project),
            Path.GetFileName(Path.GetDirectoryName(folder)!),
            folder,
            [.. XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))]);
    }
}
