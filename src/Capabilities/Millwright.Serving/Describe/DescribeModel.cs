using System.Globalization;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Serving.Infer;
using Millwright.Serving.Load;

namespace Millwright.Serving.Describe;

/// <summary>Says what a model takes and gives, and whether it can answer now.</summary>
public sealed class DescribeModel(ServedModels models, ITrafficSplit split)
{
    /// <summary>The model as deployed, or one version of it.</summary>
    public async Task<Result<ModelDescription>> RunAsync(string model, int? version, CancellationToken ct)
    {
        var targets = split.Targets(model);
        if ((version ?? targets.MaxBy(target => target.Percent)?.Version) is not { } wanted)
        {
            return new Problem("inference.undeployed", $"No version of '{model}' is deployed.", $"Deploy one with 'mw deploy {model}/VERSION'.", ProblemKind.NotFound);
        }

        if (!(await models.GetAsync(model, wanted, ct)).TryGet(out var served, out var problem))
        {
            return problem;
        }

        try
        {
            return Describe(served, [.. targets.Select(target => target.Version).Append(wanted).Distinct().Order()]);
        }
        finally
        {
            served.Exit();
        }
    }

    /// <summary>Whether every version with traffic is loaded.</summary>
    public bool IsReady(string model) =>
        split.Targets(model) is { Count: > 0 } targets && targets.Where(target => target.Percent > 0).All(target => IsLoaded(model, target.Version));

    /// <summary>Whether a version is loaded.</summary>
    public bool IsLoaded(string model, int version) => models.Loaded.Contains((model, version));

    /// <summary>Whether everything that has traffic is loaded.</summary>
    public bool IsReady() => split.Models.All(IsReady);

    private static ModelDescription Describe(ServedModel served, IReadOnlyList<int> versions)
    {
        IReadOnlyList<TensorDescription> outputs = served.Signature.Classes.IsEmpty
            ? [new TensorDescription("score", "FP32", Shape(served.OutputCount))]
            : [new TensorDescription("score", "FP32", Shape(served.OutputCount)), new TensorDescription("label", "BYTES", [-1])];
        return new ModelDescription(
            served.Name, [.. versions.Select(version => version.ToString(CultureInfo.InvariantCulture))], "millwright",
            [.. served.Signature.Inputs.Select(column => new TensorDescription(column.Name, Datatype.For(column.Type), [-1]))], outputs);
    }

    private static IReadOnlyList<int> Shape(int width) => width == 1 ? [-1] : [-1, width];
}

/// <summary>Metadata of a model in the words of the Open Inference Protocol.</summary>
/// <param name="Name">Model name.</param>
/// <param name="Versions">Versions that take requests.</param>
/// <param name="Platform">Always <c>millwright</c>.</param>
/// <param name="Inputs">A tensor per raw column.</param>
/// <param name="Outputs">Score, and label for classifiers.</param>
public sealed record ModelDescription(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorDescription> Inputs, IReadOnlyList<TensorDescription> Outputs);

/// <summary>A tensor.</summary>
/// <param name="Name">Name.</param>
/// <param name="Datatype">Protocol's datatype.</param>
/// <param name="Shape">−1 = any number of rows.</param>
public sealed record TensorDescription(string Name, string Datatype, IReadOnlyList<int> Shape);
