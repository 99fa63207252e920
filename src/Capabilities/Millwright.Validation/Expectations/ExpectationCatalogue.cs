using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Expectations;

/// <summary>Every kind of expectation of this assembly, by name.</summary>
public sealed class ExpectationCatalogue
{
    private static readonly string[] OfEvery =
        ["batch_id", "result_format", "catch_exceptions", "include_config", "row_condition", "condition_parser", "notes", "meta", "severity", "windows", "column_index"];

    private static readonly string[] Parsers = ["pandas", "great_expectations", "great_expectations__experimental__", "spark"];

    private readonly FrozenDictionary<string, Expectation> _byType = typeof(ExpectationCatalogue).Assembly.GetTypes()
        .Where(type => type is { IsSealed: true } && type.IsSubclassOf(typeof(Expectation)))
        .Select(type => (Expectation)Activator.CreateInstance(type, nonPublic: true)!)
        .ToFrozenDictionary(expectation => expectation.Type, StringComparer.Ordinal);

    /// <summary>The names of all kinds, sorted.</summary>
    public IReadOnlyList<string> Types => [.. _byType.Keys.Order(StringComparer.Ordinal)];

    internal Expectation? Find(string type) => _byType.GetValueOrDefault(type);

    /// <summary>What is wrong with an expectation's arguments; an unknown kind is not judged here but becomes a result of its own.</summary>
    internal IEnumerable<(string Argument, string Problem)> Check(ExpectationConfig config, SuiteVersion version)
    {
        if (Find(config.Type) is not { } expectation)
            yield break;
        var parameters = expectation.Parameters.ToList();
        foreach (var parameter in parameters)
        {
            if (config.Kwargs[parameter.Name] is not { } value)
            {
                if (parameter.IsRequired && !config.Kwargs.ContainsKey(parameter.Name))
                    yield return (parameter.Name, $"{config.Type} needs the argument '{parameter.Name}' ({parameter.Kind.Words}).");
            }
            else if (!parameter.Kind.Holds(value) && !(version == SuiteVersion.V0 && parameter.Kind.IsChoice))
            {
                yield return (parameter.Name, Misfit(parameter, value));
            }
        }

        foreach (var together in expectation.CheckTogether(new Arguments(config.Kwargs), version))
            yield return together;

        // 0.x keeps arguments it does not know, so a suite in its spelling may have some.
        if (version == SuiteVersion.V0)
            yield break;
        foreach (var (name, value) in config.Kwargs)
        {
            if (!OfEvery.Contains(name) && parameters.TrueForAll(parameter => parameter.Name != name))
                yield return (name, $"{config.Type} has no argument '{name}'; it has {string.Join(", ", parameters.Select(parameter => parameter.Name))}.");
            if (name == "condition_parser" && value is not null && !Parsers.Contains(value.ToString()))
                yield return (name, $"It must be one of {string.Join(", ", Parsers)}, not {Shown(value)}.");
        }
    }

    /// <summary>What the suite's reader let pass in a 0.x suite although it cannot be evaluated, or null.</summary>
    internal string? WrongChoice(ExpectationConfig config) => Find(config.Type)?.Parameters
        .Where(parameter => parameter.Kind.IsChoice && config.Kwargs[parameter.Name] is { } value && !parameter.Kind.Holds(value))
        .Select(parameter => $"{parameter.Name}: {Misfit(parameter, config.Kwargs[parameter.Name]!)}")
        .FirstOrDefault();

    private static string Misfit(ExpectationParameter parameter, JsonNode value) => $"It must be {parameter.Kind.Words}, not {Shown(value)}.";

    private static string Shown(JsonNode value)
    {
        var text = value.ToJsonString();
        return text.Length <= 60 ? text : text[..57] + "…";
    }
}
