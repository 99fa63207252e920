using Millwright.Abstractions.Results;

namespace Millwright.Registry;

/// <summary>Problems that several use cases share.</summary>
public static class RegistryProblems
{
    /// <summary>No such model.</summary>
    public static Problem UnknownModel(string name) => new("model.unknown", $"There is no registered model '{name}'.", "Run 'mw model list'.", ProblemKind.NotFound);

    /// <summary>No such version.</summary>
    public static Problem UnknownVersion(string name, string version) =>
        new("model.version-unknown", $"The model '{name}' has no version '{version}'.", $"Run 'mw model show {name}'.", ProblemKind.NotFound);

    /// <summary>The name is taken.</summary>
    public static Problem ModelExists(string name) =>
        new("model.exists", $"Registered Model (name={name}) already exists.", "Choose another name.", ProblemKind.Conflict);

    /// <summary>No such alias.</summary>
    public static Problem UnknownAlias(string alias) => new("alias.unknown", $"Registered model alias {alias} not found.", "Run 'mw model show NAME' to see the aliases.");

    /// <summary>A required field has no value.</summary>
    public static Problem Missing(string field) =>
        new("field.missing", $"Missing value for required parameter '{field}'. See the API docs for more information about request parameters.", $"Give '{field}' a value.");

    /// <summary>The version of this number, or the problem that model or version are unknown.</summary>
    public static Result<ModelVersion> Find(ModelState? state, string name, int version) => state switch
    {
        null => UnknownModel(name),
        _ when state[version] is { } found => found,
        _ => UnknownVersion(name, version.ToString()),
    };
}
