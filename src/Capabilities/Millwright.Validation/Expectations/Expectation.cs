using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Results;
using Millwright.Validation.Scanning;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Expectations;

/// <summary>
/// A kind of expectation: its name, its arguments and how it becomes part of the one scan over the table. A sealed class that derives
/// from one of the families in <c>Families</c> is found by the catalogue; nothing else needs to know it.
/// </summary>
internal abstract class Expectation
{
    /// <summary>The name in suites.</summary>
    internal abstract string Type { get; }

    /// <summary>Its arguments, those of its family included.</summary>
    internal abstract IEnumerable<ExpectationParameter> Parameters { get; }

    /// <summary>Adds what it needs to know to the scan. A problem = it cannot be evaluated on this table.</summary>
    internal abstract Result<ICheck> Compile(ExpectationCall call);

    /// <summary>What is wrong with the arguments beyond each one's kind.</summary>
    internal virtual IEnumerable<(string Argument, string Problem)> CheckTogether(Arguments arguments, SuiteVersion version) => [];

    /// <summary>The problem of an expectation that makes no sense for this table.</summary>
    protected static Problem Unevaluable(string message) => new("expectation.unevaluable", message, "Repair the expectation or the data.");
}

/// <summary>One expectation of a suite about one table.</summary>
/// <param name="Arguments">As in the suite.</param>
/// <param name="Table">What it is about.</param>
/// <param name="Scope">Which rows.</param>
/// <param name="Plan">Collects what the scan has to compute.</param>
/// <param name="Format">How much the result says.</param>
/// <param name="Version">Whose rules.</param>
internal sealed record ExpectationCall(Arguments Arguments, ScannedTable Table, Scope Scope, ScanPlan Plan, ResultFormat Format, SuiteVersion Version)
{
    /// <summary>The column of this name.</summary>
    internal Result<CheckedColumn> Column(string? name) => name is not null && Table.Find(name) is { } column
        ? column
        : new Problem("expectation.column", $"Error: The column \"{name}\" in BatchData does not exist.", "Repair the column's name.");

    /// <summary>All of these columns, or the problem of the first missing one.</summary>
    internal Result<IReadOnlyList<CheckedColumn>> Columns(IEnumerable<string?> names)
    {
        var columns = new List<CheckedColumn>();
        foreach (var name in names)
        {
            if (!Column(name).TryGet(out var column, out var problem))
                return problem;
            columns.Add(column);
        }

        return columns;
    }
}

/// <summary>A compiled expectation: judges the scan's answers, and looks at single rows only when it must.</summary>
internal interface ICheck
{
    /// <summary>The verdict.</summary>
    Task<Result<Finding>> FindAsync(ScanAnswers answers, RowReader rows, CancellationToken ct);
}

/// <summary>A verdict and the facts behind it, in the shape of Great Expectations' <c>result</c>.</summary>
internal sealed record Finding(bool IsMet, JsonObject Result);
