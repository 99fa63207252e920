using Millwright.Contracts.Ledger;
using Millwright.Contracts.Registry;

namespace Millwright.Client.Registry;

/// <summary>Calls of the registry.</summary>
public readonly struct ModelsClient(MillwrightClient client)
{
    /// <summary>A page of models.</summary>
    public Task<ModelPageDto> ListAsync(string? after, int limit, CancellationToken ct) =>
        client.GetAsync($"api/models?limit={limit}{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}", ModelJson.Default.ModelPageDto, ct);

    /// <summary>One model with its versions.</summary>
    public Task<ModelDto> ShowAsync(string name, CancellationToken ct) => client.GetAsync(Path(name), ModelJson.Default.ModelDto, ct);

    /// <summary>What the model folder of a version says.</summary>
    public Task<ModelEvidenceDto> EvidenceAsync(string name, int version, CancellationToken ct) =>
        client.GetAsync($"{Path(name)}/versions/{version}/evidence", ModelJson.Default.ModelEvidenceDto, ct);

    /// <summary>What happened to a model, newest first.</summary>
    public Task<LedgerPageDto> HistoryAsync(string name, CancellationToken ct) => client.GetAsync($"{Path(name)}/history", LedgerJson.Default.LedgerPageDto, ct);

    /// <summary>Approves a version.</summary>
    public Task<ModelVersionDto> ApproveAsync(string name, int version, string comment, CancellationToken ct) =>
        client.PostAsync($"{Path(name)}/versions/{version}/approve", new ApproveDto(comment), ModelJson.Default.ApproveDto, ModelJson.Default.ModelVersionDto, ct);

    /// <summary>Rejects a version.</summary>
    public Task<ModelVersionDto> RejectAsync(string name, int version, string reason, CancellationToken ct) =>
        client.PostAsync($"{Path(name)}/versions/{version}/reject", new RejectDto(reason), ModelJson.Default.RejectDto, ModelJson.Default.ModelVersionDto, ct);

    /// <summary>Moves a version to a stage.</summary>
    public Task<ModelVersionDto> PromoteAsync(string name, int version, string stage, string reason, CancellationToken ct) =>
        client.PostAsync($"{Path(name)}/versions/{version}/promote", new PromoteDto(stage, reason), ModelJson.Default.PromoteDto, ModelJson.Default.ModelVersionDto, ct);

    /// <summary>Points an alias at a version.</summary>
    public Task<ModelVersionDto> SetAliasAsync(string name, int version, string alias, CancellationToken ct) =>
        client.PostAsync($"{Path(name)}/versions/{version}/alias", new SetAliasDto(alias), ModelJson.Default.SetAliasDto, ModelJson.Default.ModelVersionDto, ct);

    /// <summary>Removes an alias; one that is not there is fine.</summary>
    public Task<ModelDto> RemoveAliasAsync(string name, string alias, CancellationToken ct) =>
        client.DeleteAsync($"{Path(name)}/aliases/{Uri.EscapeDataString(alias)}", ModelJson.Default.ModelDto, ct);

    /// <summary>Sets a tag of a version; null removes it.</summary>
    public Task<ModelVersionDto> TagAsync(string name, int version, string key, string? value, CancellationToken ct) =>
        client.PostAsync($"{Path(name)}/versions/{version}/tag", new SetTagDto(key, value), ModelJson.Default.SetTagDto, ModelJson.Default.ModelVersionDto, ct);

    private static string Path(string name) => $"api/models/{Uri.EscapeDataString(name)}";
}

/// <summary>Makes the calls reachable as <c>client.Models</c>.</summary>
public static class ModelsCalls
{
    extension(MillwrightClient client)
    {
        /// <summary>The registry.</summary>
        public ModelsClient Models => new(client);
    }
}
