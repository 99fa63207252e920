namespace Millwright.Testing;

/// <summary>What a text becomes by the accidents that happen to files.</summary>
public static class Corruptions
{
    /// <summary>Every beginning of a valid text, and the text with each of its characters left out or replaced.</summary>
    /// <param name="valid">A valid text.</param>
    /// <param name="instead">Characters to put in the place of each.</param>
    public static IEnumerable<string> Of(string valid, string instead)
    {
        for (var at = 0; at < valid.Length; at++)
        {
            yield return valid[..at];
            yield return valid.Remove(at, 1);
            foreach (var other in instead)
            {
                yield return valid[..at] + other + valid[(at + 1)..];
            }
        }
    }
}
