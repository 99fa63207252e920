namespace Millwright.Web.Layout;

/// <summary>Puts a page into the navigation. The page's first route is the entry's address.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NavigationEntryAttribute(string title, int order, string icon) : Attribute
{
    /// <summary>What the entry says.</summary>
    public string Title { get; } = title;

    /// <summary>Position, ascending.</summary>
    public int Order { get; } = order;

    /// <summary>An outline of a 24 × 24 icon: the <c>d</c> of an SVG path, drawn as a stroke.</summary>
    public string Icon { get; } = icon;
}
