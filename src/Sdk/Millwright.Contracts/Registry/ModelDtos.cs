using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millwright.Contracts.Registry;

/// <summary>A registered model.</summary>
/// <param name="Name">Unique.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
/// <param name="Description">For people.</param>
/// <param name="Tags">Free.</param>
/// <param name="Aliases">Alias → version.</param>
/// <param name="Versions">In rising order.</param>
public sealed record ModelDto(
    string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Description, IReadOnlyDictionary<string, string> Tags,
    IReadOnlyDictionary<string, int> Aliases, IReadOnlyList<ModelVersionDto> Versions);

/// <summary>A model version.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">From 1.</param>
/// <param name="Stage"><c>none</c>, <c>staging</c>, <c>production</c> or <c>archived</c>.</param>
/// <param name="Author">Who registered it.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
/// <param name="Artifact">Digest of the model folder, or null.</param>
/// <param name="Source">Where a client said its files lie.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="Pipeline">The pipeline of that run.</param>
/// <param name="Commit">Git commit.</param>
/// <param name="Data">Data versions it was trained on.</param>
/// <param name="Parameters">Of the training.</param>
/// <param name="Metrics">On the held-out split; those that are finite.</param>
/// <param name="Tags">Free.</param>
/// <param name="Description">For people.</param>
/// <param name="Approved">Whether someone other than the author approved it and nobody's rejection stands.</param>
/// <param name="Approvals">Who approved or rejected it.</param>
public sealed record ModelVersionDto(
    string Name, int Version, string Stage, string Author, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Artifact, string Source,
    string? RunId, string? Pipeline, string? Commit, IReadOnlyList<string> Data, IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, string> Tags, string Description, bool Approved,
    IReadOnlyList<ApprovalDto> Approvals)
{
    /// <summary>What its model folder says; only where one version is asked for with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelEvidenceDto? Evidence { get; init; }
}

/// <summary>One person's word on a version.</summary>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
/// <param name="Comment">Why.</param>
/// <param name="Rejected">Whether the word is no.</param>
public sealed record ApprovalDto(string By, DateTimeOffset At, string Comment, bool Rejected);

/// <summary>A page of models.</summary>
/// <param name="Models">By name.</param>
/// <param name="Next">Pass as <c>after</c> for the next page, or null at the end.</param>
public sealed record ModelPageDto(IReadOnlyList<ModelDto> Models, string? Next);

/// <summary>What the model folder of a version says; each part null when it is not there.</summary>
/// <param name="Signature">Input and output columns.</param>
/// <param name="Metrics">Evaluation.</param>
/// <param name="Gate">The gate's verdict with every check.</param>
/// <param name="Fairness">Fairness report.</param>
/// <param name="Explanation">SHAP summary.</param>
/// <param name="Profile">Profile of the training data.</param>
/// <param name="Problems">Why a part that should be there could not be read.</param>
public sealed record ModelEvidenceDto(
    JsonElement? Signature, JsonElement? Metrics, JsonElement? Gate, JsonElement? Fairness, JsonElement? Explanation, JsonElement? Profile,
    IReadOnlyList<string> Problems);

/// <summary>Approves.</summary>
/// <param name="Comment">Why; may be empty.</param>
public sealed record ApproveDto(string? Comment = null);

/// <summary>Rejects.</summary>
/// <param name="Reason">Why.</param>
public sealed record RejectDto(string Reason);

/// <summary>Promotes.</summary>
/// <param name="Stage">Where to.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record PromoteDto(string Stage, string? Reason = null);

/// <summary>Sets an alias.</summary>
/// <param name="Alias">The alias.</param>
public sealed record SetAliasDto(string Alias);

/// <summary>Sets a tag.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; null removes the tag.</param>
public sealed record SetTagDto(string Key, string? Value = null);

/// <summary>Serialisation of the registry's records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelPageDto))]
[JsonSerializable(typeof(ModelEvidenceDto))]
[JsonSerializable(typeof(ApproveDto))]
[JsonSerializable(typeof(RejectDto))]
[JsonSerializable(typeof(PromoteDto))]
[JsonSerializable(typeof(SetAliasDto))]
[JsonSerializable(typeof(SetTagDto))]
public sealed partial class ModelJson : JsonSerializerContext;
