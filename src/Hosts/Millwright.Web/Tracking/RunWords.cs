using Millwright.Contracts.Tracking;

namespace Millwright.Web.Tracking;

/// <summary>What a run's record says, in the words of the tool that logs it: a pipeline's run succeeds, a client's run finishes.</summary>
internal static class RunWords
{
    private const string Trigger = "millwright.trigger";
    private const string Problem = "millwright.problem";

    /// <summary>A run's status: MLflow's word in MLflow's language, and the words under which people look for it.</summary>
    public static IReadOnlyList<(string Status, string Words)> Statuses { get; } =
    [
        ("running", "running"), ("scheduled", "scheduled"), ("finished", "succeeded or finished"), ("failed", "failed or interrupted"), ("killed", "cancelled or killed"),
    ];

    /// <summary>The state of a run.</summary>
    public static string State(TrackedRunDto run) => (run.Kind, run.Status) switch
    {
        ("pipeline", "finished") => "succeeded",
        ("pipeline", "killed") => "cancelled",
        _ => run.Status,
    };

    /// <summary>Who ran it, and what made it run when that was not a person.</summary>
    public static string By(TrackedRunDto run) =>
        run.Tags.TryGetValue(Trigger, out var trigger) && trigger is not "manual" ? $"{run.User} ({trigger})" : run.User;

    /// <summary>Why a pipeline's run failed, or null.</summary>
    public static string? Why(TrackedRunDto run) => run.Tags.GetValueOrDefault(Problem);

    /// <summary>Tags that people set; those by which tools tell about the run itself are left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OwnTags(TrackedRunDto run) => run.Tags.Where(tag => !IsOfTool(tag.Key));

    /// <summary>Tags by which tools tell about the run itself.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ToolTags(TrackedRunDto run) => run.Tags.Where(tag => IsOfTool(tag.Key));

    /// <summary>A metric's value, short enough for a table.</summary>
    public static string Number(double? value) => value?.ToString("G6") ?? "no number";

    /// <summary>Whether a tag is one by which a tool tells about the run itself.</summary>
    public static bool IsOfTool(string key) => key.StartsWith("mlflow.", StringComparison.Ordinal) || key.StartsWith("millwright.", StringComparison.Ordinal);
}
