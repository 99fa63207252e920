namespace Millwright.Cli.Data;

/// <summary>A data verb: arguments, one use case, one rendering in DVC's words.</summary>
internal interface IDataVerb
{
    /// <summary>Its grammar.</summary>
    VerbUsage Usage { get; }

    /// <summary>Runs it and returns DVC's exit code.</summary>
    Task<int> RunAsync(DataCall call, CancellationToken ct);
}
