using System.Collections.Immutable;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Search;

/// <summary>What stands on the right side of a comparison.</summary>
internal enum OperandKind
{
    Text,
    Number,
    Word,
    List,
}

/// <summary>A right side as written.</summary>
internal sealed record Operand(OperandKind Kind, string Raw, ImmutableArray<Operand> Items);

/// <summary>A comparison as written: <c>entity.key comparator operand</c>.</summary>
internal sealed record Clause(string? Entity, string Key, string Comparator, Operand Value);

/// <summary>
/// Splits a filter into its comparisons. The language is MLflow's: comparisons joined by AND (any case, missing and surplus ones
/// are forgiven), keys in backticks or double quotes where they are not plain, text in quotes, numbers bare.
/// </summary>
internal ref struct SearchText(string text)
{
    private readonly string _text = text;
    private int _at;

    /// <summary>The comparisons of a filter; null or blank gives none.</summary>
    public static Result<ImmutableArray<Clause>> Parse(string? filter)
    {
        var clauses = ImmutableArray.CreateBuilder<Clause>();
        var reader = new SearchText(filter ?? "");
        while (reader.SkipToClause())
        {
            if (!reader.Read().TryGet(out var clause, out var problem))
            {
                return problem;
            }

            clauses.Add(clause);
        }

        return clauses.ToImmutable();
    }

    private bool SkipToClause()
    {
        do
        {
            SkipSpace();
        }
        while (TakeWord("AND"));
        return _at < _text.Length;
    }

    private Result<Clause> Read()
    {
        var start = _at;
        if (!TryIdentifier(out var entity, out var key))
        {
            return Invalid(start, "expected a name such as metrics.auc, params.lr, tags.team or status");
        }

        SkipSpace();
        if (!TryComparator(out var comparator))
        {
            return Invalid(start, "expected a comparator (=, !=, >, >=, <, <=, LIKE, ILIKE, IN, NOT IN)");
        }

        SkipSpace();
        return TryOperand(out var operand) ? new Clause(entity, key, comparator, operand) : Invalid(start, "expected a value: 'text' or a number");
    }

    private readonly Problem Invalid(int start, string expected) => new(
        "search.filter", $"Invalid clause(s) in filter string: '{_text[start..]}' ({expected}).",
        "Write comparisons joined by AND, such as: metrics.auc > 0.8 AND params.depth = '6'.");

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    // entity.key, where the key may be quoted; without a dot it is an attribute.
    private bool TryIdentifier(out string? entity, out string key)
    {
        (entity, key) = (null, "");
        if (TryQuoted("`\"", out var quoted))
        {
            key = quoted;
            return true;
        }

        if (_at >= _text.Length || !(char.IsLetter(_text[_at]) || _text[_at] is '_'))
        {
            return false;
        }

        var first = Word(dots: false);
        if (_at >= _text.Length || _text[_at] is not '.')
        {
            key = first;
            return true;
        }

        _at++;
        entity = first;
        if (_at < _text.Length && _text[_at] is '`' or '"')
        {
            return TryQuoted("`\"", out key);
        }

        key = Word(dots: true);
        return true;
    }

    private string Word(bool dots)
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$' or '@' || dots && _text[_at] is '.'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private bool TryQuoted(string quotes, out string content)
    {
        content = "";
        if (_at >= _text.Length || !quotes.Contains(_text[_at], StringComparison.Ordinal))
        {
            return false;
        }

        var end = _text.IndexOf(_text[_at], _at + 1);
        if (end < 0)
        {
            return false;
        }

        content = _text[(_at + 1)..end];
        _at = end + 1;
        return true;
    }

    private bool TryComparator(out string comparator)
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '=' or '!' or '<' or '>')
        {
            _at++;
        }

        if (_at > start)
        {
            comparator = _text[start.._at];
            return true;
        }

        foreach (var word in (ReadOnlySpan<string>)["LIKE", "ILIKE", "IN", "NOT"])
        {
            if (!TakeWord(word))
            {
                continue;
            }

            comparator = _text[start.._at];
            SkipSpace();
            if (word is not "NOT")
            {
                return true;
            }

            comparator += " IN";
            return TakeWord("IN");
        }

        comparator = "";
        return false;
    }

    private bool TakeWord(string word)
    {
        var end = _at + word.Length;
        if (end > _text.Length
            || !_text.AsSpan(_at, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase)
            || end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] is '_' or '.'))
        {
            return false;
        }

        _at = end;
        return true;
    }

    private bool TryOperand(out Operand operand)
    {
        if (TryQuoted("'\"", out var quoted))
        {
            operand = new Operand(OperandKind.Text, quoted, []);
            return true;
        }

        return _at < _text.Length && _text[_at] is '(' ? TryList(out operand) : TryBare(out operand);
    }

    private bool TryList(out Operand operand)
    {
        var items = ImmutableArray.CreateBuilder<Operand>();
        operand = new Operand(OperandKind.List, "", []);
        _at++;
        while (true)
        {
            while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] is ','))
            {
                _at++;
            }

            if (_at < _text.Length && _text[_at] is ')')
            {
                _at++;
                operand = new Operand(OperandKind.List, "", items.ToImmutable());
                return true;
            }

            if (TryQuoted("'\"", out var text))
            {
                items.Add(new Operand(OperandKind.Text, text, []));
            }
            else if (TryBare(out var bare))
            {
                items.Add(bare);
            }
            else
            {
                return false;
            }
        }
    }

    private bool TryBare(out Operand operand)
    {
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (',' or ';' or '(' or ')' or '\'' or '"' or '`' or '=' or '<' or '>' or '!'))
        {
            _at++;
        }

        var raw = _text[start.._at];
        operand = new Operand(SearchNumber.TryParse(raw, out _) ? OperandKind.Number : OperandKind.Word, raw, []);
        // A keyword is no value: name = AND … lacks one.
        return raw.Length > 0 && !raw.Equals("AND", StringComparison.OrdinalIgnoreCase);
    }
}
