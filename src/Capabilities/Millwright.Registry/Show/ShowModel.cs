using Millwright.Abstractions.Results;

namespace Millwright.Registry.Show;

/// <summary>Shows one model with its versions.</summary>
public sealed class ShowModel(IModelStore models)
{
    /// <summary>The model, or a problem.</summary>
    public Result<ModelState> Run(string name) => models.Find(name) is { } state ? state : RegistryProblems.UnknownModel(name, models);
}
