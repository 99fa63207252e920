using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Assurance.Predictions;

namespace Millwright.Assurance.Gate;

/// <summary>The action <c>gate</c>: lets a run go on only with the verdict pass; any other is a problem that names every reason.</summary>
public sealed class GateAction(DecideGate gate) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "gate";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Decides whether a model may go on: pass, fail or inconclusive.",
        "1",
        ["predictions", "champion?", "fairness?"],
        ["gate"],
        [
            .. PredictionParameters.Columns,
            new StepParameter("id", "Column that identifies a row in both prediction files; empty = rows stand in the same order.", ""),
            new StepParameter("metric", "roc_auc or accuracy.", "roc_auc"),
            new StepParameter("threshold", "What the metric must reach, with its whole confidence interval."),
            new StepParameter("min_samples", "Rows below which nothing is decided.", 100),
            PredictionParameters.Alpha,
            new StepParameter("margin", "How much worse than the champion the model may be; negative = how much better it must be.", 0.0),
        ])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["gate"] = "gate.json" },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var read = new ParameterReader(context);
        var columns = PredictionParameters.ReadColumns(read);
        var rules = new GateRules(
            read.Required("metric"), read.Number("threshold", -1, 1), read.Integer("min_samples", 1), PredictionParameters.ReadAlpha(read), read.Number("margin", -1, 1));
        var files = new GateFiles(context.Inputs["predictions"])
        {
            Champion = context.Inputs.GetValueOrDefault("champion"),
            Fairness = context.Inputs.GetValueOrDefault("fairness"),
            Id = read.Text("id"),
        };
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        if (!(await gate.RunAsync(files, columns, rules, ct)).TryGet(out var report, out var problem))
        {
            return problem;
        }

        await AssuranceJson.WriteAsync(context.Outputs["gate"], report, ct);
        var verdict = report.Verdict.ToString().ToLowerInvariant();
        context.Journal.Tag("gate", verdict);
        foreach (var check in report.Checks)
        {
            context.Journal.Line($"{check.Verdict.ToString().ToLowerInvariant()}: {check.Name}: {check.Reason}");
        }

        return report.Verdict == Verdict.Pass ? Result.Ok : Refusal(report, verdict);
    }

    private static Problem Refusal(GateReport report, string verdict) => new Problem(
        $"gate.{verdict}",
        $"The gate says {verdict}: {string.Join(" ", report.Reasons())}",
        report.Verdict == Verdict.Fail ? "Improve the model or its data; do not lower the bar to let it through." : "Gather the evidence that is missing, then run again.",
        ProblemKind.Refused).With(report.Checks.Where(check => check.Verdict != Verdict.Pass).Select(check => new ProblemDetail(check.Reason, Key: check.Name)));
}
