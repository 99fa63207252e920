using System.Collections.Immutable;
using Millwright.Data.Formats;

namespace Millwright.Data.Status;

/// <summary>Compares two maps from path to digest.</summary>
internal static class VersionDiff
{
    internal static VersionChanges None { get; } = new([], [], [], [], []);

    internal static VersionChanges Between(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var added = after.Keys.Where(key => !before.ContainsKey(key)).Order(CodePoints.Order).ToList();
        var deleted = before.Keys.Where(key => !after.ContainsKey(key)).Order(CodePoints.Order).ToList();
        var modified = before.Keys.Where(key => after.TryGetValue(key, out var now) && now != before[key]).Order(CodePoints.Order);
        var renamed = ImmutableArray.CreateBuilder<RenamedPath>();
        foreach (var path in added.ToArray())
        {
            // A new file with the content of one that is gone was moved; folders are compared file by file.
            var old = path.EndsWith('/') ? null : deleted.Find(gone => before[gone] == after[path]);
            if (old is not null)
            {
                renamed.Add(new RenamedPath(old, path));
                added.Remove(path);
                deleted.Remove(old);
            }
        }

        return new VersionChanges([.. added], [.. modified], [.. deleted], renamed.DrainToImmutable(), []);
    }
}
