namespace Millwright.Cli.Commands;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>The closest known word by edits (insert, delete, replace, swap neighbours), or null when nothing is close.</summary>
    public static string? To(string word, IEnumerable<string> known) => known
        .Select(candidate => (candidate, distance: Distance(word.TrimStart('-'), candidate.TrimStart('-'))))
        .Where(found => found.distance <= Math.Max(1, word.Length / 3))
        .OrderBy(found => found.distance)
        .Select(found => found.candidate)
        .FirstOrDefault();

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
