using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Validation.Expectations;
using Millwright.Validation.Results;
using Millwright.Validation.Scanning;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Validate;

/// <summary>Compiles a suite into one query over a scanned table and hands every expectation its answers.</summary>
internal sealed class SuiteScan(ScannedTable table, ResultFormat format, SuiteVersion version, ExpectationCatalogue catalogue, RowReader rows)
{
    internal async Task<IReadOnlyList<ExpectationResult>> RunAsync(IReadOnlyList<ExpectationConfig> configs, CancellationToken ct)
    {
        var plan = new ScanPlan();
        var checks = configs.Select(config => (Config: config, Check: Compile(config, plan))).ToList();
        var answers = await AnswerAsync(plan, ct);
        var results = new List<ExpectationResult>(checks.Count);
        foreach (var (config, check) in checks)
        {
            results.Add(check.TryGet(out var compiled, out var problem)
                ? answers.TryGet(out var known, out _) ? await JudgeAsync(config, compiled, known, ct) : await AloneAsync(config, ct)
                : Raised(config, problem));
        }

        return results;
    }

    private Result<ICheck> Compile(ExpectationConfig config, ScanPlan plan)
    {
        if (catalogue.Find(config.Type) is not { } expectation)
            return new Problem("expectation.unknown", $"{config.Type} is not known; nothing was checked.", "Check the name, or remove the expectation.");
        if (catalogue.WrongChoice(config) is { } wrong)
            return new Problem("expectation.argument", wrong, "Repair the argument.");
        var condition = Result.Of("true");
        if (config.Kwargs["row_condition"]?.ToString() is { Length: > 0 } given)
            condition = RowCondition.Translate(given, table.Find);
        return condition.Then(sql => expectation.Compile(
            new ExpectationCall(new Arguments(config.Kwargs), table, new Scope(table.Name, sql), plan, format, version)));
    }

    private async Task<Result<ScanAnswers>> AnswerAsync(ScanPlan plan, CancellationToken ct)
    {
        if (plan.Count == 0)
            return new ScanAnswers(new Table([], 0));
        var read = await rows.ReadAsync(plan.Sql(table.Name), ct);
        return read.Map(row => new ScanAnswers(row));
    }

    /// <summary>The query of the whole suite failed, for example on a pattern that is no regular expression: whose fault is it?</summary>
    private async Task<ExpectationResult> AloneAsync(ExpectationConfig config, CancellationToken ct)
    {
        var plan = new ScanPlan();
        var check = Compile(config, plan);
        var answers = await AnswerAsync(plan, ct);
        return !check.TryGet(out var compiled, out var problem) || !answers.TryGet(out var known, out problem)
            ? Raised(config, problem)
            : await JudgeAsync(config, compiled, known, ct);
    }

    private async Task<ExpectationResult> JudgeAsync(ExpectationConfig config, ICheck check, ScanAnswers answers, CancellationToken ct) =>
        (await check.FindAsync(answers, rows, ct)).TryGet(out var finding, out var problem)
            ? new ExpectationResult(config, finding.IsMet, finding.Result)
            : Raised(config, problem);

    private static ExpectationResult Raised(ExpectationConfig config, Problem problem) => new(config, IsMet: false, [], problem.Message);
}
