using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>Judges by values of the scan alone.</summary>
internal sealed class AggregateCheck(ExpectationCall call, Func<ScanAnswers, Finding> judge) : ICheck
{
    public Task<Result<Finding>> FindAsync(ScanAnswers answers, RowReader rows, CancellationToken ct)
    {
        var finding = judge(answers);
        return Task.FromResult<Result<Finding>>(call.Format.Verbosity == Verbosity.BooleanOnly ? finding with { Result = [] } : finding);
    }

    /// <summary>A finding whose only fact is the observed value.</summary>
    internal static Finding Observed(bool isMet, JsonNode? value) => new(isMet, new JsonObject { ["observed_value"] = value });
}

/// <summary>Judges after a question of its own to the scanned table.</summary>
internal sealed class QuestionCheck(ExpectationCall call, Func<ScanAnswers, string> ask, Func<ScanAnswers, Abstractions.Tables.Table, Finding> judge) : ICheck
{
    public async Task<Result<Finding>> FindAsync(ScanAnswers answers, RowReader rows, CancellationToken ct) =>
        (await rows.ReadAsync(ask(answers), ct)).Map(table => judge(answers, table))
            .Map(finding => call.Format.Verbosity == Verbosity.BooleanOnly ? finding with { Result = [] } : finding);
}
