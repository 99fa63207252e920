using System.Globalization;
using Dapper;
using Millwright.Abstractions.Search;

namespace Millwright.Relational.Search;

/// <summary>Conditions and orders as SQL. Every value travels as a parameter; only names from this code become part of the text.</summary>
internal sealed class SqlFilter
{
    private readonly List<string> _where = [];
    private int _count;

    /// <summary>Values of the parameters.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>The conditions, or what is always true.</summary>
    public string Where => _where.Count == 0 ? "1 = 1" : string.Join(" AND ", _where);

    /// <summary>Adds a condition.</summary>
    public void Add(string sql) => _where.Add(sql);

    /// <summary>Adds a value and returns its parameter's name.</summary>
    public string Value(object value)
    {
        var name = "@p" + (_count++).ToString(CultureInfo.InvariantCulture);
        Parameters.Add(name, value);
        return name;
    }

    /// <summary>A column compared as the condition says.</summary>
    public string Compare(string column, SearchCondition condition) => condition.Comparator switch
    {
        SearchComparator.Like => $"{column} GLOB {Value(Glob(condition.Text!))}",
        SearchComparator.ILike => $"{column} LIKE {Value(condition.Text!)}",
        SearchComparator.In => $"{column} IN {Value(condition.Texts.ToArray())}",
        SearchComparator.NotIn => $"{column} NOT IN {Value(condition.Texts.ToArray())}",
        _ => $"{column} {Operator(condition.Comparator)} {Value(condition.Number is { } number ? number : condition.Text!)}",
    };

    /// <summary>The direction of an order.</summary>
    public static string Direction(SearchOrder order) => order.Descending ? "DESC" : "ASC";

    private static string Operator(SearchComparator comparator) => comparator switch
    {
        SearchComparator.Equal => "=",
        SearchComparator.NotEqual => "<>",
        SearchComparator.Greater => ">",
        SearchComparator.GreaterOrEqual => ">=",
        SearchComparator.Less => "<",
        _ => "<=",
    };

    // SQLite's LIKE is blind to case; its GLOB is not, but has other wild characters.
    private static string Glob(string pattern) => pattern
        .Replace("[", "[[]", StringComparison.Ordinal)
        .Replace("*", "[*]", StringComparison.Ordinal)
        .Replace("?", "[?]", StringComparison.Ordinal)
        .Replace('%', '*')
        .Replace('_', '?');
}
