using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Registry;

namespace Millwright.Relational.Registry;

/// <summary>A row of <c>registered_models</c>.</summary>
internal sealed class ModelRow
{
    public const string Columns = "name AS Name, created_at AS CreatedAt, updated_at AS UpdatedAt, description AS Description, tags AS Tags, aliases AS Aliases, last_version AS LastVersion";

    public const string Upsert = """
        INSERT INTO registered_models (name, created_at, updated_at, description, tags, aliases, last_version)
        VALUES (@Name, @CreatedAt, @UpdatedAt, @Description, @Tags, @Aliases, @LastVersion)
        ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at, description = excluded.description, tags = excluded.tags,
            aliases = excluded.aliases, last_version = excluded.last_version
        """;

    public string Name { get; init; } = "";

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public string Description { get; init; } = "";

    public string Tags { get; init; } = "{}";

    public string Aliases { get; init; } = "{}";

    public long LastVersion { get; init; }

    public static ModelRow From(RegisteredModel model) => new()
    {
        Name = model.Name,
        CreatedAt = LedgerHash.Time(model.CreatedAt),
        UpdatedAt = LedgerHash.Time(model.UpdatedAt),
        Description = model.Description,
        Tags = RowJson.Write(model.Tags, value => value),
        Aliases = RowJson.Write(model.Aliases, value => value),
        LastVersion = model.LastVersion,
    };

    public RegisteredModel ToModel() => new(Name, RowJson.Time(CreatedAt), RowJson.Time(UpdatedAt))
    {
        Description = Description,
        Tags = RowJson.Read(Tags, value => value.GetValue<string>()),
        Aliases = RowJson.Read(Aliases, value => value.GetValue<int>()),
        LastVersion = (int)LastVersion,
    };
}

/// <summary>A row of <c>model_versions</c>.</summary>
internal sealed class VersionRow
{
    public const string Columns = """
        name AS Name, version AS Version, author AS Author, created_at AS CreatedAt, updated_at AS UpdatedAt, stage AS Stage, artifact AS Artifact,
        source AS Source, run_id AS RunId, pipeline AS Pipeline, commit_id AS CommitId, data AS Data, parameters AS Parameters, metrics AS Metrics,
        description AS Description, tags AS Tags, approvals AS Approvals, run_link AS RunLink, logged_model AS LoggedModel
        """;

    public const string Upsert = """
        INSERT INTO model_versions (name, version, author, created_at, updated_at, stage, artifact, source, run_id, pipeline, commit_id, data,
            parameters, metrics, description, tags, approvals, run_link, logged_model)
        VALUES (@Name, @Version, @Author, @CreatedAt, @UpdatedAt, @Stage, @Artifact, @Source, @RunId, @Pipeline, @CommitId, @Data,
            @Parameters, @Metrics, @Description, @Tags, @Approvals, @RunLink, @LoggedModel)
        ON CONFLICT (name, version) DO UPDATE SET updated_at = excluded.updated_at, stage = excluded.stage, description = excluded.description,
            tags = excluded.tags, approvals = excluded.approvals
        """;

    public string Name { get; init; } = "";

    public long Version { get; init; }

    public string Author { get; init; } = "";

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public string Stage { get; init; } = "";

    public string? Artifact { get; init; }

    public string Source { get; init; } = "";

    public string? RunId { get; init; }

    public string? Pipeline { get; init; }

    public string? CommitId { get; init; }

    public string Data { get; init; } = "[]";

    public string Parameters { get; init; } = "{}";

    public string Metrics { get; init; } = "{}";

    public string Description { get; init; } = "";

    public string Tags { get; init; } = "{}";

    public string Approvals { get; init; } = "[]";

    public string RunLink { get; init; } = "";

    public string LoggedModel { get; init; } = "";

    public static VersionRow From(ModelVersion version) => new()
    {
        Name = version.Name,
        Version = version.Version,
        Author = version.Author.Name,
        CreatedAt = LedgerHash.Time(version.CreatedAt),
        UpdatedAt = LedgerHash.Time(version.UpdatedAt),
        Stage = StageNames.Of(version.Stage),
        Artifact = version.Artifact?.ToString(),
        Source = version.Source,
        RunLink = version.RunLink,
        LoggedModel = version.LoggedModel,
        RunId = version.RunId,
        Pipeline = version.Pipeline,
        CommitId = version.Commit,
        Data = new JsonArray([.. version.Data.Select(data => (JsonNode)data.ToString())]).ToJsonString(),
        Parameters = RowJson.Write(version.Parameters, value => value),

        // As text, so that NaN and the infinities survive.
        Metrics = RowJson.Write(version.Metrics, value => value.ToString("R", CultureInfo.InvariantCulture)),
        Description = version.Description,
        Tags = RowJson.Write(version.Tags, value => value),
        Approvals = new JsonArray([.. version.Approvals.Select(approval => (JsonNode)new JsonObject
        {
            ["by"] = approval.By.Name, ["at"] = LedgerHash.Time(approval.At), ["comment"] = approval.Comment, ["rejection"] = approval.IsRejection,
        })]).ToJsonString(),
    };

    public ModelVersion ToVersion() => new(Name, (int)Version, new Actor(Author), RowJson.Time(CreatedAt))
    {
        UpdatedAt = RowJson.Time(UpdatedAt),
        Stage = Enum.Parse<Stage>(Stage, ignoreCase: true),
        Artifact = ContentDigest.TryParse(Artifact, out var artifact) ? artifact : null,
        Source = Source,
        RunLink = RunLink,
        LoggedModel = LoggedModel,
        RunId = RunId,
        Pipeline = Pipeline,
        Commit = CommitId,
        Data = [.. JsonNode.Parse(Data)!.AsArray().Select(node => ContentDigest.TryParse(node!.GetValue<string>(), out var digest) ? digest : default)],
        Parameters = RowJson.Read(Parameters, value => value.GetValue<string>()),
        Metrics = RowJson.Read(Metrics, value => double.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture)),
        Description = Description,
        Tags = RowJson.Read(Tags, value => value.GetValue<string>()),
        Approvals = [.. JsonNode.Parse(Approvals)!.AsArray().Select(node =>
            new Approval(new Actor(node!["by"]!.GetValue<string>()), RowJson.Time(node["at"]!.GetValue<string>()), node["comment"]!.GetValue<string>())
            {
                IsRejection = node["rejection"]?.GetValue<bool>() ?? false,
            })],
    };
}

/// <summary>Sets of names and values in one column.</summary>
internal static class RowJson
{
    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Write<T>(ImmutableSortedDictionary<string, T> entries, Func<T, JsonNode?> value) =>
        new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, value(entry.Value)))).ToJsonString();

    public static ImmutableSortedDictionary<string, T> Read<T>(string json, Func<JsonNode, T> value) =>
        JsonNode.Parse(json)!.AsObject().ToImmutableSortedDictionary(entry => entry.Key, entry => value(entry.Value!), StringComparer.Ordinal);
}
