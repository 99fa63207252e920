using System.Globalization;
using System.Text.Json.Nodes;

namespace Millwright.Validation.Suites;

/// <summary>
/// Puts values in the place of <c>{"$PARAMETER": "hi * 2"}</c>: names given by the caller, numbers, <c>+ - * /</c>, parentheses,
/// <c>abs()</c>, <c>trunc()</c>, and <c>now()</c> alone (UTC).
/// </summary>
internal static class SuiteParameters
{
    private const string Marker = "$PARAMETER";

    /// <summary>Resolves in place; returns the arguments that could not be resolved and why.</summary>
    internal static IReadOnlyList<(string Argument, string Problem)> Resolve(JsonObject kwargs, JsonObject values, TimeProvider clock)
    {
        var problems = new List<(string, string)>();
        foreach (var (argument, value) in kwargs.ToList())
        {
            if (value is not JsonObject { Count: > 0 } marked || marked[Marker] is not JsonValue text || !text.TryGetValue<string>(out var expression))
                continue;
            if (expression.Trim() == "now()")
            {
                kwargs[argument] = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);
                continue;
            }

            if (values.TryGetPropertyValue(expression.Trim(), out var given))
            {
                kwargs[argument] = given?.DeepClone();
                continue;
            }

            var evaluation = new Evaluation(expression, values);
            if (evaluation.Run() is { } number)
                kwargs[argument] = number;
            else
                problems.Add((argument, evaluation.Problem ?? $"'{expression}' is not an expression of numbers and parameters."));
        }

        return problems;
    }

    private sealed class Evaluation(string text, JsonObject values)
    {
        // Parentheses and signs within each other; each takes a few frames of the stack.
        private const int Deepest = 100;

        private int _at;
        private int _depth;

        internal string? Problem { get; private set; }

        internal double? Run()
        {
            var value = Sum();
            Space();
            return Problem is null && _at == text.Length && double.IsFinite(value) ? value : null;
        }

        private double Sum()
        {
            var value = Product();
            while (true)
            {
                if (Take('+'))
                    value += Product();
                else if (Take('-'))
                    value -= Product();
                else
                    return value;
            }
        }

        private double Product()
        {
            var value = Atom();
            while (true)
            {
                if (Take('*'))
                    value *= Atom();
                else if (Take('/'))
                    value /= Atom();
                else
                    return value;
            }
        }

        private double Atom()
        {
            if (_depth >= Deepest)
            {
                Problem ??= $"The expression is nested deeper than {Deepest}.";
                return double.NaN;
            }

            _depth++;
            var value = Operand();
            _depth--;
            return value;
        }

        private double Operand()
        {
            if (Take('-'))
                return -Atom();
            if (Take('('))
                return Closed(Sum());
            var start = _at;
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.'))
                _at++;
            var word = text[start.._at];
            if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                return number;
            if (word is "abs" or "trunc" && Take('('))
                return word == "abs" ? Math.Abs(Closed(Sum())) : Math.Truncate(Closed(Sum()));
            if (values[word] is JsonValue given && given.TryGetValue(out number))
                return number;
            if (values[word] is JsonValue whole && whole.TryGetValue(out int integer))
                return integer;
            Problem ??= word.Length == 0 ? null : $"No value was given for the parameter '{word}'.";
            return double.NaN;
        }

        private double Closed(double value) => Take(')') ? value : double.NaN;

        private bool Take(char expected)
        {
            Space();
            if (_at >= text.Length || text[_at] != expected)
                return false;
            _at++;
            Space();
            return true;
        }

        private void Space()
        {
            while (_at < text.Length && text[_at] == ' ')
                _at++;
        }
    }
}
