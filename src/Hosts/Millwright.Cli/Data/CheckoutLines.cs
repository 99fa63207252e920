using Millwright.Data.Checkout;

namespace Millwright.Cli.Data;

/// <summary>How changes of the workspace are shown.</summary>
internal static class CheckoutLines
{
    /// <summary>One line for each change: <c>A</c>, <c>M</c> or <c>D</c> and the path.</summary>
    public static string Render(DataCall call, CheckoutOutcome outcome) =>
        string.Concat(outcome.Changes.OrderBy(c => c.Change switch { CheckoutChange.Modified => 0, CheckoutChange.Added => 1, _ => 2 })
            .Select(c => $"{c.Change.ToString()[0]}       {Shown(call, c)}\n"));

    /// <summary>How many files changed, such as <c>2 files modified and 1 file added</c>; empty when none.</summary>
    public static string Summary(CheckoutOutcome outcome, int fetched = 0)
    {
        string[] parts =
        [
            .. Part(fetched, "fetched"), .. Part(outcome.FilesModified, "modified"), .. Part(outcome.FilesAdded, "added"), .. Part(outcome.FilesDeleted, "deleted"),
        ];
        return parts.Length < 2 ? string.Concat(parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
    }

    /// <summary>The changes as JSON.</summary>
    public static List<KeyValuePair<string, object?>> Json(DataCall call, CheckoutOutcome outcome) =>
    [
        new("added", Paths(call, outcome, CheckoutChange.Added)),
        new("modified", Paths(call, outcome, CheckoutChange.Modified)),
        new("deleted", Paths(call, outcome, CheckoutChange.Deleted)),
        new("missing", outcome.Missing.Select(call.Environment.Show)),
    ];

    private static IEnumerable<string> Paths(DataCall call, CheckoutOutcome outcome, CheckoutChange change) =>
        outcome.Changes.Where(c => c.Change == change).Select(c => Shown(call, c));

    private static string Shown(DataCall call, CheckedOut changed) => call.Environment.Show(changed.Path) + (changed.IsDirectory ? "/" : "");

    private static IEnumerable<string> Part(int count, string what) => count == 0 ? [] : [$"{count} file{(count == 1 ? "" : "s")} {what}"];
}
