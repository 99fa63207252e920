namespace Millwright.Web.Connection;

/// <summary>Marks an endpoint of a foreign protocol that refuses other sites by that protocol's own rules and answers.</summary>
public sealed class GuardsItself
{
    private GuardsItself()
    {
    }

    /// <summary>The mark.</summary>
    public static GuardsItself Instance { get; } = new();
}
