using System.Globalization;
using System.Text.Json;
using Millwright.Registry;
using Millwright.Registry.Note;
using Millwright.Server.Tracking;

namespace Millwright.Server.Registry;

/// <summary>Models and versions as MLflow's protocol writes them: versions are texts, a version's empty texts are sent, a model's are not.</summary>
internal static class MlflowModels
{
    public static void Model(Utf8JsonWriter json, ModelState state)
    {
        var model = state.Model;
        json.WriteString("name", model.Name);
        json.WriteNumber("creation_timestamp", model.CreatedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("last_updated_timestamp", model.UpdatedAt.ToUnixTimeMilliseconds());
        if (model.Description.Length > 0)
        {
            json.WriteString("description", model.Description);
        }

        MlflowRuns.List(json, "latest_versions", Latest(state), version => Version(json, version, null));
        MlflowRuns.Pairs(json, "tags", model.Tags);
        MlflowRuns.List(json, "aliases", model.Aliases, alias =>
        {
            json.WriteString("alias", alias.Key);
            json.WriteString("version", alias.Value.ToString(CultureInfo.InvariantCulture));
        });
    }

    /// <summary>The newest version of each stage that has one, by number.</summary>
    public static IReadOnlyList<ModelVersion> Latest(ModelState state) =>
        [.. state.Versions.Where(version => state.In(version.Stage)?.Version == version.Version)];

    /// <param name="json">Writer.</param>
    /// <param name="version">Version.</param>
    /// <param name="model">Its model, for the aliases; null in lists and inside a model, where they are left out.</param>
    public static void Version(Utf8JsonWriter json, ModelVersion version, RegisteredModel? model)
    {
        json.WriteString("name", version.Name);
        json.WriteString("version", version.Version.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("creation_timestamp", version.CreatedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("last_updated_timestamp", version.UpdatedAt.ToUnixTimeMilliseconds());
        json.WriteString("current_stage", version.Stage.ToString());
        json.WriteString("description", version.Description);
        json.WriteString("source", VersionSource.Of(version));
        json.WriteString("run_id", version.RunId ?? "");
        json.WriteString("status", "READY");
        MlflowRuns.Pairs(json, "tags", version.Tags);
        json.WriteString("run_link", version.RunLink);
        if (version.LoggedModel.Length > 0)
        {
            json.WriteString("model_id", version.LoggedModel);
        }

        string[] aliases = [.. model?.Aliases.Where(alias => alias.Value == version.Version).Select(alias => alias.Key) ?? []];
        if (aliases.Length > 0)
        {
            json.WriteStartArray("aliases");
            foreach (var alias in aliases)
            {
                json.WriteStringValue(alias);
            }

            json.WriteEndArray();
        }
    }
}
