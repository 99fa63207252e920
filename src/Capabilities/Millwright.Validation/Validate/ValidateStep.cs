using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Validation.Results;

namespace Millwright.Validation.Validate;

/// <summary>The step action <c>validate</c>: the pipeline goes on only with data that keeps the suite.</summary>
public sealed class ValidateStep(ValidateTable validator) : IStepAction
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <inheritdoc/>
    public string Name => "validate";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Validates a table against a suite of expectations and fails when one is broken.",
        "1",
        ["data", "suite"],
        ["result"],
        [new StepParameter("result_format", "BOOLEAN_ONLY, BASIC, SUMMARY or COMPLETE.", "SUMMARY")])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["result"] = "result.json" },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        if (!ResultFormat.Parse(context.Parameters["result_format"]).TryGet(out var format, out var problem))
            return problem;
        var request = new ValidateRequest(context.Inputs["suite"], context.Inputs["data"], format);
        if (!(await validator.RunAsync(request, ct)).TryGet(out var result, out problem))
            return problem;
        await File.WriteAllTextAsync(context.Outputs["result"], result.ToJson().ToJsonString(Indented) + "\n", ct);
        var broken = result.Broken.Count();
        context.Journal.Metric("expectations", result.Expectations.Count);
        context.Journal.Metric("expectations_broken", broken);
        context.Journal.Line($"{result.Rows} rows, {result.Expectations.Count - broken} of {result.Expectations.Count} expectations met");
        return broken == 0 ? Done.Value : Refusal(result);
    }

    /// <summary>The problem of an invalid table: every broken expectation with counts and example rows.</summary>
    public static Problem Refusal(ValidationResult result)
    {
        var broken = result.Broken.ToList();
        return new Problem(
            "validate.broken",
            $"'{result.Path}' breaks {broken.Count} of {result.Expectations.Count} expectations of '{result.Suite.Name}'.",
            "Repair the data, or change the suite if the data is right.",
            ProblemKind.Refused)
            .With(broken.Select(expectation => new ProblemDetail(BrokenExpectation.Describe(expectation), result.Path)));
    }
}
