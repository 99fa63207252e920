namespace Millwright.Validation.Scanning;

/// <summary>The rows an expectation is about.</summary>
/// <param name="Table">The scanned table's name in SQL.</param>
/// <param name="Condition">SQL that holds for its rows; <c>true</c> without a row condition.</param>
internal sealed record Scope(string Table, string Condition)
{
    /// <summary>An aggregate over its rows that fulfil <paramref name="where"/>.</summary>
    internal string Aggregate(string function, string where = "true") => (Condition, where) switch
    {
        ("true", "true") => function,
        (_, "true") => $"{function} FILTER (WHERE {Condition})",
        ("true", _) => $"{function} FILTER (WHERE {where})",
        _ => $"{function} FILTER (WHERE ({Condition}) AND ({where}))",
    };

    /// <summary>A subquery over its rows that fulfil <paramref name="where"/>.</summary>
    internal string Select(string list, string where, string rest = "") => $"SELECT {list} FROM {Table} WHERE ({Condition}) AND ({where}) {rest}";
}
