using System.Diagnostics.CodeAnalysis;

namespace Millwright.Abstractions.Identity;

/// <summary>
/// What a ledger event is about, in its printed form <c>kind:id</c>: <c>data:md5:…</c>, <c>run:…</c>, <c>model:churn/3</c>,
/// <c>deployment:…</c>, <c>prediction:…</c>, <c>pipeline:train@sha256…</c>, <c>commit:…</c>, <c>alert:…</c>, <c>artifact:sha256:…</c>.
/// </summary>
/// <param name="Kind">The part before the first colon.</param>
/// <param name="Id">The rest.</param>
public readonly record struct Subject(string Kind, string Id)
{
    /// <summary>A version of a data set.</summary>
    public static Subject Data(ContentDigest digest) => new("data", digest.ToString());

    /// <summary>Any other content.</summary>
    public static Subject Artifact(ContentDigest digest) => new("artifact", digest.ToString());

    /// <summary>A run of a pipeline or of training code.</summary>
    public static Subject Run(string id) => new("run", id);

    /// <summary>A model version.</summary>
    public static Subject Model(string name, int version) => new("model", $"{name}/{version}");

    /// <summary>A registered model as a whole.</summary>
    public static Subject RegisteredModel(string name) => new("model", name);

    /// <summary>A deployment: one rollout of one model version.</summary>
    public static Subject Deployment(string id) => new("deployment", id);

    /// <summary>One answered request row.</summary>
    public static Subject Prediction(string id) => new("prediction", id);

    /// <summary>A pipeline as it was at one digest.</summary>
    public static Subject Pipeline(string name, ContentDigest digest) => new("pipeline", $"{name}@{digest}");

    /// <summary>A Git commit.</summary>
    public static Subject Commit(string sha) => new("commit", sha);

    /// <summary>An alert.</summary>
    public static Subject Alert(string id) => new("alert", id);

    /// <summary>An experiment of Tracking.</summary>
    public static Subject Experiment(string id) => new("experiment", id);

    /// <summary>Reads <c>kind:id</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Subject subject)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        subject = colon > 0 && colon < text!.Length - 1 ? new Subject(text[..colon], text[(colon + 1)..]) : default;
        return subject.Kind is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}:{Id}";
}
