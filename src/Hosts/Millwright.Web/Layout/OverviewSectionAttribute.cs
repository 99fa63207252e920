namespace Millwright.Web.Layout;

/// <summary>Puts a component on the Overview: what its room has to say about the state of things.</summary>
/// <param name="order">Position, ascending; what is wrong comes first.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OverviewSectionAttribute(int order) : Attribute
{
    /// <summary>Position, ascending.</summary>
    public int Order { get; } = order;
}
