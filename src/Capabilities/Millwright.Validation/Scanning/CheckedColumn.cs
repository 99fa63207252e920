using Millwright.Abstractions.Tables;

namespace Millwright.Validation.Scanning;

/// <summary>What kind of values a column holds, as far as comparisons care.</summary>
internal enum ColumnKind
{
    /// <summary>Whole and decimal numbers.</summary>
    Number,

    /// <summary>True and false.</summary>
    Truth,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Dates and timestamps.</summary>
    Time,

    /// <summary>Lists, structures and the like.</summary>
    Other,
}

/// <summary>A column of the table that is validated.</summary>
/// <param name="Name">As in the header.</param>
/// <param name="Type">The engine's type.</param>
internal sealed record CheckedColumn(string Name, string Type)
{
    /// <summary>The column in SQL.</summary>
    internal string Sql { get; init; } = SqlText.Name(Name);

    /// <summary>The column as text in SQL.</summary>
    internal string SqlAsText => Kind == ColumnKind.Text ? Sql : $"CAST({Sql} AS VARCHAR)";

    /// <summary>The number of characters, as a column.</summary>
    internal CheckedColumn Length => new(Name, "BIGINT") { Sql = $"length({SqlAsText})" };

    /// <summary>SQL: the regular expression matches somewhere in the text.</summary>
    internal string Matches(string regex) => $"regexp_matches({SqlAsText}, {SqlText.Literal(regex)})";

    internal ColumnKind Kind { get; } = Type switch
    {
        "BOOLEAN" => ColumnKind.Truth,
        "VARCHAR" => ColumnKind.Text,
        _ when Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) || Type == "DATE" => ColumnKind.Time,
        _ when new TableColumn(Name, Type).IsNumeric => ColumnKind.Number,
        _ => ColumnKind.Other,
    };
}
