namespace Millwright.Statistics.Fairness;

/// <summary>Groups made of one or several features: every combination of their values, also those without rows.</summary>
/// <param name="Labels">Per group the value of each feature.</param>
/// <param name="OfRow">Group per row.</param>
public sealed record GroupIndex(IReadOnlyList<IReadOnlyList<string>> Labels, int[] OfRow)
{
    /// <summary>Number of groups.</summary>
    public int Count => Labels.Count;

    /// <summary>Combines features; values are ordered by <paramref name="order"/> (ordinal by default).</summary>
    /// <param name="features">Per feature one value per row; missing values are not allowed.</param>
    /// <param name="order">Order of the values, so that numbers can be ordered as numbers.</param>
    /// <exception cref="ArgumentException">No feature, different lengths, or a missing value.</exception>
    public static GroupIndex Cross(IReadOnlyList<IReadOnlyList<string?>> features, IComparer<string>? order = null)
    {
        if (features.Count == 0 || features.Any(feature => feature.Count != features[0].Count))
        {
            throw new ArgumentException("Features need one value for each row.", nameof(features));
        }

        var groups = new int[features[0].Count];
        IReadOnlyList<IReadOnlyList<string>> labels = [[]];
        foreach (var feature in features)
        {
            if (feature.Contains(null))
            {
                throw new ArgumentException($"Row {feature.ToList().IndexOf(null)} has no group.", nameof(features));
            }

            var levels = feature.Select(value => value!).Distinct(StringComparer.Ordinal).Order(order ?? StringComparer.Ordinal).ToArray();
            var codes = levels.Index().ToDictionary(level => level.Item, level => level.Index, StringComparer.Ordinal);
            for (var row = 0; row < groups.Length; row++)
            {
                groups[row] = groups[row] * levels.Length + codes[feature[row]!];
            }

            labels = [.. labels.SelectMany(label => levels.Select(level => (IReadOnlyList<string>)[.. label, level]))];
        }

        return new GroupIndex(labels, groups);
    }
}
