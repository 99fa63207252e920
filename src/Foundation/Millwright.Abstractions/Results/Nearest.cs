namespace Millwright.Abstractions.Results;

/// <summary>Finds the name that was probably meant, for the fix of a problem.</summary>
public static class Nearest
{
    /// <summary>The known name that is the fewest edits away (insert, delete, replace, swap neighbours), at most a third of the length; null when none is.</summary>
    public static string? To(string name, IEnumerable<string> known) => known
        .Select(candidate => (candidate, distance: Distance(name.TrimStart('-'), candidate.TrimStart('-'))))
        .Where(found => found.distance <= Math.Max(1, name.Length / 3))
        .OrderBy(found => found.distance)
        .Select(found => found.candidate)
        .FirstOrDefault();

    /// <summary><c>; did you mean 'x'?</c>, or nothing when no known name is near.</summary>
    public static string Hint(string name, IEnumerable<string> known) => To(name, known) is { } near ? $"; did you mean '{near}'?" : "";

    // Optimal string alignment: L. Boytsov, "Indexing methods for approximate dictionary searching", 2011.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
