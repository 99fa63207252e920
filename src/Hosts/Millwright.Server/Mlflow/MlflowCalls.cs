namespace Millwright.Server.Mlflow;

/// <summary>One call of the protocol.</summary>
/// <param name="Methods">HTTP methods, separated by a space.</param>
/// <param name="Path">Below <c>/api/2.0/mlflow/</c>.</param>
/// <param name="Run">Answers it.</param>
internal sealed record MlflowCall(string Methods, string Path, Func<MlflowRequest, CancellationToken, Task<MlflowAnswer>> Run)
{
    /// <summary>Where it is found: <c>/api</c> and <c>/ajax-api</c>, or only one of them.</summary>
    public MlflowPrefix Prefix { get; init; } = MlflowPrefix.Both;
}

/// <summary>Under which prefixes a call is found.</summary>
internal enum MlflowPrefix
{
    Both,
    AjaxOnly,
}

/// <summary>A room's part of the protocol.</summary>
internal interface IMlflowCalls
{
    /// <summary>Its calls.</summary>
    IEnumerable<MlflowCall> Calls { get; }
}
