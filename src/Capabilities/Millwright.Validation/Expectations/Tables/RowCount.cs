using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Expectations.Tables;

/// <summary>The number of rows, for the expectations about it.</summary>
internal static class RowCount
{
    /// <summary>0.x counts the rows that fulfil the row condition; 1.x ignores the condition here.</summary>
    internal static AggregateCheck Check(ExpectationCall call, Func<double, bool> isMet)
    {
        var scope = call.Version == SuiteVersion.V0 ? call.Scope : call.Scope with { Condition = "true" };
        var slot = call.Plan.Add(scope.Aggregate("count(*)"));
        return new AggregateCheck(call, answers => AggregateCheck.Observed(isMet(answers.Count(slot)), answers.Count(slot)));
    }
}
