using Millwright.Statistics.Intervals;

namespace Millwright.Assurance.Fairness;

/// <summary>What is counted of a group; every rate and interval follows from it.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Positives">Rows with a positive label.</param>
/// <param name="TruePositives">Of these, predicted positive.</param>
/// <param name="Negatives">Rows with a negative label.</param>
/// <param name="FalsePositives">Of these, predicted positive.</param>
public sealed record GroupCounts(string Group, int Positives, int TruePositives, int Negatives, int FalsePositives)
{
    /// <summary>Rows.</summary>
    public int Rows => Positives + Negatives;

    /// <summary>Predicted positive.</summary>
    public int Selected => TruePositives + FalsePositives;

    /// <summary>Counts groups, sorted by name.</summary>
    /// <param name="labels">True where positive.</param>
    /// <param name="predicted">True where predicted positive.</param>
    /// <param name="groups">Group per row; null is a group of its own.</param>
    public static IReadOnlyList<GroupCounts> Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predicted, IReadOnlyList<string?> groups)
    {
        var counts = new SortedDictionary<string, GroupCounts>(StringComparer.Ordinal);
        for (var row = 0; row < labels.Length; row++)
        {
            var name = groups[row] ?? "(missing)";
            var group = counts.GetValueOrDefault(name) ?? new GroupCounts(name, 0, 0, 0, 0);
            var selected = predicted[row] ? 1 : 0;
            counts[name] = labels[row]
                ? group with { Positives = group.Positives + 1, TruePositives = group.TruePositives + selected }
                : group with { Negatives = group.Negatives + 1, FalsePositives = group.FalsePositives + selected };
        }

        return [.. counts.Values];
    }

    /// <summary>A share with Wilson's interval; not defined of nothing.</summary>
    internal static Estimate Share(int part, int whole, double alpha)
    {
        if (whole == 0)
        {
            return Estimate.None;
        }

        var interval = ProportionInterval.Wilson(part, whole, alpha);
        return new Estimate((double)part / whole, interval.Low, interval.High);
    }
}
