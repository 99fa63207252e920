namespace Millwright.Validation.Expectations.Families;

/// <summary>Judges the table itself: its rows' number or its columns' names.</summary>
internal abstract class TableExpectation : Expectation
{
    internal sealed override IEnumerable<ExpectationParameter> Parameters => Own;

    /// <summary>Its arguments.</summary>
    protected abstract IReadOnlyList<ExpectationParameter> Own { get; }
}
