namespace Millwright.Relational.Search;

/// <summary>How many ids one statement takes in a list; databases limit their parameters.</summary>
internal static class Batches
{
    public const int Size = 500;
}
