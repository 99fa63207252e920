namespace Millwright.Abstractions.Identity;

/// <summary>New identifiers: 32 lower-case hexadecimal digits that sort by creation time (UUID version 7, RFC 9562).</summary>
public static class NewId
{
    /// <summary>The next identifier at the clock's time.</summary>
    public static string Next(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString("n");
}
