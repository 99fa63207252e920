using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Millwright.Abstractions.Results;

namespace Millwright.Validation.Scanning;

/// <summary>
/// Translates a row condition to SQL: pandas' query strings (<c>grp=="A" and not f.isnull()</c>) and Great Expectations' own
/// (<c>col("grp") == "A"</c>). As in pandas a comparison with a missing value is false, and <c>!=</c> is true.
/// </summary>
internal sealed partial class RowCondition
{
    private readonly string _text;
    private readonly Func<string, CheckedColumn?> _find;
    private readonly List<string> _tokens;
    private int _at;
    private string? _problem;

    private RowCondition(string text, Func<string, CheckedColumn?> find)
    {
        (_text, _find) = (text, find);
        _tokens = [.. Tokens().Matches(text).Select(match => match.Value)];
    }

    /// <summary>The condition in SQL; a problem names what is not understood.</summary>
    internal static Result<string> Translate(string text, Func<string, CheckedColumn?> find)
    {
        var condition = new RowCondition(text, find);
        var sql = condition.Either();
        if (condition._problem is null && condition._at < condition._tokens.Count)
            condition._problem = $"'{condition._tokens[condition._at]}' is not expected here";
        return condition._problem is { } problem
            ? new Problem("expectation.row-condition", $"The row condition '{text}' cannot be used: {problem}.", "Compare columns with values by == != < <= > >= or in, and join by and, or, not.")
            : sql;
    }

    /// <summary>The names that a condition may mean as columns.</summary>
    internal static IEnumerable<string> Names(string text) =>
        Tokens().Matches(text).Select(match => match.Value.Trim('`', '"', '\''));

    private string Either()
    {
        var sql = Both();
        while (Take("or") || Take("|"))
            sql = $"({sql} OR {Both()})";
        return sql;
    }

    private string Both()
    {
        var sql = Negation();
        while (Take("and") || Take("&"))
            sql = $"({sql} AND {Negation()})";
        return sql;
    }

    private string Negation() => Take("not") || Take("~") ? $"(NOT {Negation()})" : Comparison();

    private string Comparison()
    {
        if (Take("("))
        {
            var inner = Either();
            return Expect(")") ? inner : "";
        }

        var left = Operand();
        if (Take("."))
            return Method(left);
        var isNegated = Take("not");
        if (Take("in"))
            return Membership(left, isNegated);
        if (Next() is not ("==" or "!=" or "<" or "<=" or ">" or ">=" or "="))
            return left is { Column.Kind: ColumnKind.Truth } ? $"coalesce({left.Column.Sql}, false)" : Fail($"'{left.Text}' is not compared with anything");
        var sign = _tokens[_at++];
        return Compare(left, sign, Operand());
    }

    private string Compare(Term left, string sign, Term right)
    {
        var (leftSql, rightSql) = (left.SqlBeside(right), right.SqlBeside(left));
        if (leftSql is null || rightSql is null)
            return sign switch { "==" or "=" => "false", "!=" => "true", _ => Fail($"'{left.Text}' and '{right.Text}' have no order") };
        return sign switch
        {
            "!=" => $"({leftSql} IS DISTINCT FROM {rightSql})",
            _ => $"coalesce({leftSql} {(sign == "==" ? "=" : sign)} {rightSql}, false)",
        };
    }

    private string Membership(Term left, bool isNegated)
    {
        if (left.Column is not { } column || !(Take("[") || Take("(")))
            return Fail("'in' needs a column and a list");
        var values = new JsonArray();
        while (_problem is null && !Take("]") && !Take(")"))
        {
            values.Add(Operand().Value);
            Take(",");
        }

        return $"{(isNegated ? "NOT " : "")}coalesce({SqlText.In(column, values)}, false)";
    }

    private string Method(Term left)
    {
        var name = Next() ?? "";
        _at++;
        if (left.Column is not { } column || !Expect("(") || !Expect(")"))
            return Fail($"'{name}' needs a column and ()");
        return name switch
        {
            "isnull" or "isna" => $"({column.Sql} IS NULL)",
            "notnull" or "notna" or "notNull" => $"({column.Sql} IS NOT NULL)",
            _ => Fail($"'{name}()' is not known"),
        };
    }

    private Term Operand()
    {
        if (Next() is not { } token)
            return Nothing("it ends too early");
        _at++;
        if (token == "-" && Next() is { } digits && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var negative))
        {
            _at++;
            return new Term(token + digits, null, JsonValue.Create(-negative));
        }

        if (token is ['"' or '\'', .., _])
            return new Term(token, null, JsonValue.Create(token[1..^1]));
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return new Term(token, null, JsonValue.Create(number));
        if (token is "True" or "False" or "true" or "false")
            return new Term(token, null, JsonValue.Create(token is "True" or "true"));
        if (token == "col" && Take("("))
        {
            token = (Next() ?? "").Trim('"', '\'');
            _at++;
            Expect(")");
        }

        return _find(token.Trim('`')) is { } column ? new Term(token, column, null) : Nothing($"name '{token}' is not defined");
    }

    private Term Nothing(string problem)
    {
        Fail(problem);
        return new Term("", null, null);
    }

    private string Fail(string problem)
    {
        _problem ??= problem;
        return "";
    }

    private bool Expect(string token)
    {
        if (Take(token))
            return true;
        Fail($"'{token}' is missing");
        return false;
    }

    private string? Next() => _at < _tokens.Count ? _tokens[_at] : null;

    private bool Take(string token)
    {
        if (Next() != token)
            return false;
        _at++;
        return true;
    }

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|`[^`]*`|[A-Za-z_]\w*|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+|==|!=|<=|>=|[^\s]
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Tokens();

    /// <summary>A column or a value.</summary>
    private sealed record Term(string Text, CheckedColumn? Column, JsonNode? Value)
    {
        /// <summary>This term in SQL when compared with the other; null when the two are of different kinds.</summary>
        internal string? SqlBeside(Term other) => Column switch
        {
            { } mine when other.Column is { } theirs => mine.Kind == theirs.Kind ? mine.Sql : null,
            { } mine => mine.Sql,
            null when other.Column is { } column => SqlText.Comparable(Value, column),
            _ => null,
        };
    }
}
