namespace Millwright.Tracking.Runs;

/// <summary>Who logs a run.</summary>
public enum RunKind
{
    /// <summary>A pipeline of the project.</summary>
    Pipeline,

    /// <summary>A client over the API, such as a notebook with MLflow's client.</summary>
    Client,
}
