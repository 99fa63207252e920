using Millwright.Contracts.Registry;
using Millwright.Registry;

namespace Millwright.Server.Registry;

/// <summary>Models as they go over the wire.</summary>
internal static class ModelShape
{
    public static ModelDto From(ModelState state) => new(
        state.Model.Name, state.Model.CreatedAt, state.Model.UpdatedAt, state.Model.Description, state.Model.Tags, state.Model.Aliases,
        [.. state.Versions.Select(From)]);

    public static ModelVersionDto From(ModelVersion version) => new(
        version.Name, version.Version, StageNames.Of(version.Stage), version.Author.Name, version.CreatedAt, version.UpdatedAt,
        version.Artifact?.ToString(), version.Source, version.RunId, version.Pipeline, version.Commit, [.. version.Data.Select(data => data.ToString())],
        version.Parameters, version.Metrics.Where(metric => double.IsFinite(metric.Value)).ToDictionary(), version.Tags, version.Description,
        version.IsApproved, [.. version.Approvals.Select(approval => new ApprovalDto(approval.By.Name, approval.At, approval.Comment, approval.IsRejection))]);
}
