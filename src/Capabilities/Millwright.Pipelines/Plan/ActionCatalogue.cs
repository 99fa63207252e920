using System.Collections.Frozen;
using Millwright.Abstractions.Steps;

namespace Millwright.Pipelines.Plan;

/// <summary>Every named action that capabilities and providers contributed; a doubled name fails at start-up.</summary>
public sealed class ActionCatalogue(IEnumerable<IStepAction> actions)
{
    private readonly FrozenDictionary<string, IStepAction> _byName = actions.ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public IEnumerable<IStepAction> All => _byName.Values.OrderBy(action => action.Name, StringComparer.Ordinal);

    /// <summary>The action of this name, or null.</summary>
    public IStepAction? Find(string name) => _byName.GetValueOrDefault(name);
}
