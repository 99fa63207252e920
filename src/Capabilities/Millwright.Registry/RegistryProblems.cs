using Millwright.Abstractions.Results;

namespace Millwright.Registry;

/// <summary>Problems that several use cases share.</summary>
internal static class RegistryProblems
{
    public static Problem UnknownModel(string name) => new("model.unknown", $"There is no registered model '{name}'.", "Run 'mw model list'.", ProblemKind.NotFound);

    public static Problem UnknownVersion(string name, string version) =>
        new("model.version-unknown", $"The model '{name}' has no version '{version}'.", $"Run 'mw model show {name}'.", ProblemKind.NotFound);

    public static Result<ModelVersion> Find(ModelState? state, string name, int version) => state switch
    {
        null => UnknownModel(name),
        _ when state[version] is { } found => found,
        _ => UnknownVersion(name, version.ToString()),
    };
}
