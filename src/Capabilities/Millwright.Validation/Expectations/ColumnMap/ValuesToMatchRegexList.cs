using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Any (or with <c>match_on</c> all) of the regular expressions match in every value.</summary>
internal sealed class ValuesToMatchRegexList : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_match_regex_list";

    protected override IReadOnlyList<ExpectationParameter> Own => 
        [new("regex_list", ArgumentKind.Texts, IsRequired: true), new("match_on", ArgumentKind.OneOf("any", "all"))];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => 
        string.Join(call.Arguments.Text("match_on") == "all" ? " AND " : " OR ", call.Arguments.Texts("regex_list").Select(column.Matches).DefaultIfEmpty("true"));
}
