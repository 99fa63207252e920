namespace Millwright.Web.Pipelines;

/// <summary>A duration for people.</summary>
internal static class Duration
{
    /// <summary>Such as <c>0.12 s</c>, <c>4.2 s</c>, <c>3 min 5 s</c>; empty while it has no beginning.</summary>
    public static string Text(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now) => from is null ? "" : Text((to ?? now) - from.Value);

    private static string Text(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => $"{span.TotalSeconds:0.00} s",
        { TotalSeconds: < 60 } => $"{span.TotalSeconds:0.0} s",
        { TotalMinutes: < 60 } => $"{span.Minutes} min {span.Seconds} s",
        _ => $"{(int)span.TotalHours} h {span.Minutes} min",
    };
}
