namespace Millwright.Pipelines.Plan;

/// <summary>Guesses what a misspelt name meant.</summary>
internal static class Nearest
{
    /// <summary><c>; did you mean 'x'?</c> for the nearest name within a third of its length, else nothing.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, Distance: Distance(name, candidate))).OrderBy(pair => pair.Distance).FirstOrDefault();
        return best.candidate is not null && best.Distance <= Math.Max(1, name.Length / 3) ? $"; did you mean '{best.candidate}'?" : "";
    }

    // Levenshtein distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
