using System.Collections.Immutable;

namespace Millwright.Monitoring.Profile;

/// <summary>
/// Joins the profiles of two parts of a table into one of the whole. Counts, moments and categories are exact; histograms with unlike edges
/// are joined by spreading each bin evenly over the edges that fall into it; the number of distinct values becomes a lower bound.
/// </summary>
public static class MergeProfiles
{
    /// <summary>Merges column by name; a column that one part lacks counts as missing there.</summary>
    public static DataProfile Run(DataProfile first, DataProfile second) => new(
        first.Rows + second.Rows,
        [
            .. first.Columns.Select(column => second.Find(column.Name) is { } other ? Merge(column, other) : column with { Missing = column.Missing + second.Rows }),
            .. second.Columns.Where(column => first.Find(column.Name) is null).Select(column => column with { Missing = column.Missing + first.Rows }),
        ]);

    private static ColumnProfile Merge(ColumnProfile first, ColumnProfile second)
    {
        var kind = first.Kind == second.Kind ? first.Kind : ColumnKind.Other;
        var merged = new ColumnProfile(
            first.Name, first.Type, kind, first.Count + second.Count, first.Missing + second.Missing, Math.Max(first.Distinct, second.Distinct));
        return kind switch
        {
            ColumnKind.Number => merged with { Numbers = Numbers(first, second) },
            ColumnKind.Category => Categories(merged, first, second),
            _ => merged,
        };
    }

    private static ColumnProfile Categories(ColumnProfile merged, ColumnProfile first, ColumnProfile second)
    {
        var all = first.Top.Concat(second.Top)
            .GroupBy(category => category.Value, StringComparer.Ordinal)
            .Select(same => new CategoryCount(same.Key, same.Sum(category => category.Count)))
            .OrderByDescending(category => category.Count)
            .ThenBy(category => category.Value, StringComparer.Ordinal)
            .ToList();
        var top = all.Take(100).ToImmutableArray();
        return merged with { Top = top, Rest = merged.Count - top.Sum(category => category.Count), Distinct = Math.Max(merged.Distinct, all.Count) };
    }

    private static NumberProfile? Numbers(ColumnProfile first, ColumnProfile second)
    {
        if (first.Numbers is not { } a || second.Numbers is not { } b)
        {
            return first.Numbers ?? second.Numbers;
        }

        // T. Chan, G. Golub, R. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979.
        var (n, m) = ((double)first.Count, (double)second.Count);
        var delta = b.Mean - a.Mean;
        var squares = (n - 1) * a.Std * a.Std + (m - 1) * b.Std * b.Std + delta * delta * n * m / (n + m);
        var edges = a.Edges.Union(b.Edges).Order().ToImmutableArray();
        return new NumberProfile(
            a.Mean + delta * m / (n + m), Math.Sqrt(Math.Max(0, squares) / Math.Max(1, n + m - 1)), Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max),
            edges, [.. Spread(a, edges).Zip(Spread(b, edges), (x, y) => x + y)]);
    }

    // Cumulative counts at the new edges, by linear interpolation between the old ones, rounded so that the sum stays.
    private static IEnumerable<long> Spread(NumberProfile profile, ImmutableArray<double> edges)
    {
        var total = profile.Counts.Sum();
        var last = 0L;
        foreach (var edge in edges)
        {
            var upTo = (long)Math.Round(UpTo(profile, edge));
            yield return upTo - last;
            last = upTo;
        }

        yield return total - last;
    }

    private static double UpTo(NumberProfile profile, double value)
    {
        var below = 0.0;
        for (var bin = 0; bin < profile.Counts.Length; bin++)
        {
            var low = bin == 0 ? Math.Min(profile.Min, profile.Edges.IsEmpty ? profile.Min : profile.Edges[0]) : profile.Edges[bin - 1];
            var high = bin == profile.Edges.Length ? profile.Max : profile.Edges[bin];
            if (value < high)
            {
                return value <= low ? below : below + profile.Counts[bin] * (value - low) / (high - low);
            }

            below += profile.Counts[bin];
        }

        return below;
    }
}
