using Millwright.Abstractions.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>Judges one number (or date) computed from a column's present values: it must lie between bounds.</summary>
internal abstract class ColumnAggregateExpectation : Expectation
{
    internal sealed override IEnumerable<ExpectationParameter> Parameters =>
        [new("column", ArgumentKind.Text, IsRequired: true), .. Bounds.Parameters(ArgumentKind.Bound)];

    /// <summary>SQL that computes it from a column that is a number in SQL.</summary>
    protected abstract string Function(string column);

    /// <summary>Whether it is defined for values of this kind.</summary>
    protected virtual bool IsDefined(ColumnKind kind) => kind is ColumnKind.Number or ColumnKind.Truth;

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column")).Then<ICheck>(column =>
    {
        if (!IsDefined(column.Kind))
            return Unevaluable($"{Type} is not defined for the column \"{column.Name}\", which holds {column.Type}.");
        var slot = call.Plan.Add(call.Scope.Aggregate(Function(column.Kind == ColumnKind.Truth ? $"{column.Sql}::INTEGER" : column.Sql)));
        return new AggregateCheck(call, answers =>
        {
            var observed = answers.Value(slot);
            return AggregateCheck.Observed(Bounds.Hold(call.Arguments, observed), observed);
        });
    });
}
