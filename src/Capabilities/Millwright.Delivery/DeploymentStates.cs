namespace Millwright.Delivery;

/// <summary>States as they are stored and shown.</summary>
public static class DeploymentStates
{
    private static readonly (DeploymentState State, string Text)[] All =
    [
        (DeploymentState.Rolling, "rolling"),
        (DeploymentState.Live, "live"),
        (DeploymentState.Retired, "retired"),
        (DeploymentState.RolledBack, "rolled_back"),
        (DeploymentState.Aborted, "aborted"),
    ];

    /// <summary>Such as <c>rolled_back</c>.</summary>
    public static string Text(DeploymentState state) => Array.Find(All, known => known.State == state).Text;

    /// <summary>The state of a text that <see cref="Text"/> made.</summary>
    public static DeploymentState Parse(string text) => Array.Find(All, known => known.Text == text) is ({ } state, not null)
        ? state
        : throw new ArgumentOutOfRangeException(nameof(text), text, "Not a state of a deployment.");
}
