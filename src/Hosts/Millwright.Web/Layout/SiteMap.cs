using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Millwright.Web.Layout;

/// <summary>What the rooms' pages say about themselves by their attributes; a new page needs no entry anywhere else.</summary>
internal static class SiteMap
{
    private static readonly Type[] Components = [.. typeof(SiteMap).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ComponentBase)))];

    /// <summary>The navigation, in order.</summary>
    public static IReadOnlyList<Entry> Entries { get; } =
    [
        .. from page in Components
           let entry = page.GetCustomAttribute<NavigationEntryAttribute>()
           where entry is not null
           orderby entry.Order
           select new Entry(entry.Title, page.GetCustomAttributes<RouteAttribute>().MinBy(route => route.Template.Length)!.Template, entry.Icon),
    ];

    /// <summary>Sections of the Overview, in order.</summary>
    public static IReadOnlyList<Type> OverviewSections { get; } =
    [
        .. from section in Components
           let place = section.GetCustomAttribute<OverviewSectionAttribute>()
           where place is not null
           orderby place.Order
           select section,
    ];

    private static readonly FrozenDictionary<string, string> SubjectPages = Components
        .SelectMany(page => page.GetCustomAttributes<ShowsSubjectAttribute>())
        .ToFrozenDictionary(shows => shows.Kind, shows => shows.Address, StringComparer.Ordinal);

    /// <summary>Where a subject is shown: its own page, or its lineage when its kind has none.</summary>
    public static string AddressOf(string subject)
    {
        var colon = subject.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && SubjectPages.TryGetValue(subject[..colon], out var address)
            ? address + string.Join('/', subject[(colon + 1)..].Split('/').Select(Uri.EscapeDataString))
            : TraceOf(subject);
    }

    /// <summary>Where a subject's lineage is shown.</summary>
    public static string TraceOf(string subject) => $"/ledger/trace?subject={Uri.EscapeDataString(subject)}";

    /// <summary>An entry of the navigation.</summary>
    internal sealed record Entry(string Title, string Address, string Icon)
    {
        /// <summary>Whether a path lies in this entry's room.</summary>
        public bool Holds(string path) => Address == "/" ? path == "/" : path == Address || path.StartsWith(Address + "/", StringComparison.Ordinal);
    }
}
