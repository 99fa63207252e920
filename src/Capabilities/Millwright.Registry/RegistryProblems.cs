using Millwright.Abstractions.Results;

namespace Millwright.Registry;

/// <summary>Problems that several use cases share.</summary>
public static class RegistryProblems
{
    // A guess among more names than that is none.
    private const int MostGuesses = 1000;

    /// <summary>No such model.</summary>
    public static Problem UnknownModel(string name) => new("model.unknown", $"There is no registered model '{name}'.", "Run 'mw model list'.", ProblemKind.NotFound);

    /// <summary>No such model; the fix names the registered one that was probably meant.</summary>
    public static Problem UnknownModel(string name, IModelStore models) =>
        Nearest.To(name, models.List(null, MostGuesses).Select(state => state.Model.Name)) is { } near
            ? UnknownModel(name) with { Fix = $"Did you mean '{near}'? Run 'mw model list' to see all." }
            : UnknownModel(name);

    /// <summary>No such version.</summary>
    public static Problem UnknownVersion(string name, string version) =>
        new("model.version-unknown", $"The model '{name}' has no version '{version}'.", $"Run 'mw model show {name}'.", ProblemKind.NotFound);

    /// <summary>No version by this number, alias or stage; the fix names the alias that was probably meant.</summary>
    public static Problem UnknownVersion(ModelState state, string word) =>
        state.Model.Aliases.TryGetValue(word, out var gone)
            ? new("model.version-unknown", $"The alias '{word}' of '{state.Model.Name}' points at version {gone}, which was deleted.", $"Point it at another one with 'mw model alias {state.Model.Name} VERSION {word}'.", ProblemKind.NotFound)
        : Nearest.To(word, state.Model.Aliases.Keys.Concat(Enum.GetValues<Stage>().Select(StageNames.Of))) is { } near
            ? UnknownVersion(state.Model.Name, word) with { Fix = $"Did you mean '{near}'? Run 'mw model show {state.Model.Name}' to see all." }
        : UnknownVersion(state.Model.Name, word);

    /// <summary>A version that answers requests must not go away under them.</summary>
    public static Problem InProduction(ModelVersion version, string verb) => new(
        "model.in-production", $"{version.Subject} is in production and cannot be {verb}.",
        $"Roll out another version, or take it out first with 'mw model promote {version.Name} {version.Version} --stage archived'.", ProblemKind.Conflict);

    /// <summary>The name is taken.</summary>
    public static Problem ModelExists(string name) =>
        new("model.exists", $"Registered Model (name={name}) already exists.", "Choose another name.", ProblemKind.Conflict);

    /// <summary>No such alias.</summary>
    public static Problem UnknownAlias(string alias) => new("alias.unknown", $"Registered model alias {alias} not found.", "Run 'mw model show NAME' to see the aliases.");

    /// <summary>A required field has no value.</summary>
    public static Problem Missing(string field) =>
        new("field.missing", $"Missing value for required parameter '{field}'. See the API docs for more information about request parameters.", $"Give '{field}' a value.");

    /// <summary>The result; when it is the problem that the model is unknown, its fix names the model that was probably meant.</summary>
    internal static async Task<Result<T>> WithNearestAsync<T>(this Task<Result<T>> result, IModelStore models, string name) =>
        await result is { Problem.Code: "model.unknown" } ? UnknownModel(name, models) : await result;

    /// <summary>The version of this number, or the problem that model or version are unknown.</summary>
    public static Result<ModelVersion> Find(ModelState? state, string name, int version) => state switch
    {
        null => UnknownModel(name),
        _ when state[version] is { } found => found,
        _ => UnknownVersion(name, version.ToString()),
    };
}
