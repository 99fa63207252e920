namespace Millwright.Abstractions.Identity;

/// <summary>Who does something: a person's or a program's name as it stands in the ledger.</summary>
/// <param name="Name">Not empty; for the system itself <c>millwright</c>.</param>
public readonly record struct Actor(string Name)
{
    /// <summary>The system acting on a trigger or a verdict.</summary>
    public static Actor System => new("millwright");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
