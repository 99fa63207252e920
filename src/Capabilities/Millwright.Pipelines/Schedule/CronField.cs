using System.Globalization;
using System.Text.RegularExpressions;

namespace Millwright.Pipelines.Schedule;

/// <summary>One of the fields, as the set of its values.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value that may be written.</param>
/// <param name="Names">Three-letter names, the first one for <paramref name="FirstName"/>.</param>
/// <param name="FirstName">The value of the first name.</param>
internal sealed record CronFieldKind(string Name, int Low, int High, IReadOnlyList<string> Names, int FirstName)
{
    public static CronFieldKind Minute { get; } = new("minute", 0, 59, [], 0);

    public static CronFieldKind Hour { get; } = new("hour", 0, 23, [], 0);

    public static CronFieldKind Day { get; } = new("day of month", 1, 31, [], 0);

    public static CronFieldKind Month { get; } = new("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1);

    // 7 is Sunday as well as 0.
    public static CronFieldKind Weekday { get; } = new("day of week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], 0);

    public static CronFieldKind Second { get; } = new("second", 0, 59, [], 0);

    /// <summary>In the order in which they are written.</summary>
    public static IReadOnlyList<CronFieldKind> InOrder { get; } = [Minute, Hour, Day, Month, Weekday, Second];
}

/// <summary>The n-th weekday of a month; <c>Nth</c> 0 = the last one.</summary>
internal readonly record struct NthWeekday(int Weekday, int Nth);

/// <summary>What one field allows.</summary>
internal sealed partial class CronField
{
    private readonly bool[] _values;

    private CronField(CronFieldKind kind) => (Kind, _values) = (kind, new bool[kind.High + 1]);

    public CronFieldKind Kind { get; }

    /// <summary>Whether the last day of the month is meant (<c>L</c> in the day field).</summary>
    public bool LastDay { get; private set; }

    /// <summary>The <c>2#1</c> and <c>L5</c> entries of the weekday field.</summary>
    public List<NthWeekday> Nth { get; } = [];

    /// <summary>Whether every value is allowed, however it is written.</summary>
    public bool CoversAll { get; private set; }

    public bool this[int value] => _values[value];

    /// <summary>Reads a field; on failure <paramref name="error"/> says why.</summary>
    public static CronField? Parse(CronFieldKind kind, string text, out string? error)
    {
        var field = new CronField(kind);
        var hasPlain = false;
        foreach (var item in text.Split(','))
        {
            if (!field.TryAdd(item, out error, ref hasPlain))
            {
                error = $"the {kind.Name} '{text}' is not valid: {error}";
                return null;
            }
        }

        if (field.Nth.Count > 0 && hasPlain)
        {
            error = $"the day of week '{text}' mixes plain days with n-th days; write two schedules";
            return null;
        }

        error = null;
        field.Close();
        return field;
    }

    /// <summary>The smallest allowed value from <paramref name="from"/> on, or -1.</summary>
    public int AtOrAfter(int from)
    {
        for (var value = from; value <= Kind.High; value++)
        {
            if (_values[value])
            {
                return value;
            }
        }

        return -1;
    }

    /// <summary>The largest allowed value up to <paramref name="from"/>, or -1.</summary>
    public int AtOrBefore(int from)
    {
        for (var value = from; value >= Kind.Low; value--)
        {
            if (_values[value])
            {
                return value;
            }
        }

        return -1;
    }

    private void Close()
    {
        if (Kind == CronFieldKind.Weekday)
        {
            _values[0] |= _values[7];
            _values[7] = false;
        }

        var top = Kind == CronFieldKind.Weekday ? 6 : Kind.High;
        CoversAll = Nth.Count == 0 && Enumerable.Range(Kind.Low, top - Kind.Low + 1).All(value => _values[value]);
    }

    private bool TryAdd(string item, out string? error, ref bool hasPlain)
    {
        if (Kind == CronFieldKind.Weekday && NthPattern().Match(item) is { Success: true } nth)
        {
            return TryAddNth(nth, out error);
        }

        if (Kind == CronFieldKind.Day && item == "l")
        {
            (LastDay, error) = (true, null);
            return true;
        }

        var match = ItemPattern().Match(item);
        if (!match.Success)
        {
            error = item.Length == 0 ? "there is nothing between two commas" : $"'{item}' is neither *, a value, a range nor a step";
            return false;
        }

        hasPlain |= item != "*";
        return TryAddRange(match, out error);
    }

    private bool TryAddRange(Match match, out string? error)
    {
        var (first, last) = (match.Groups["first"].Value, match.Groups["last"].Value);
        var hasStep = match.Groups["step"].Success;
        int low, high;
        if (first == "*")
        {
            (low, high) = (Kind.Low, Kind.High);
        }
        else
        {
            if (!TryValue(first, out low, out error))
            {
                return false;
            }

            high = low;
            if (last.Length > 0)
            {
                if (Kind == CronFieldKind.Day && last == "l")
                {
                    high = 31;
                }
                else if (!TryValue(last, out high, out error))
                {
                    return false;
                }
            }
            else if (hasStep)
            {
                high = Kind.High;
            }
        }

        if (low > high && Kind == CronFieldKind.Weekday && high == 0)
        {
            high = 7;
        }

        if (low > high)
        {
            error = $"the range {first}-{last} runs backwards";
            return false;
        }

        var step = 1;
        if (hasStep && (!int.TryParse(match.Groups["step"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out step) || step == 0))
        {
            error = "a step must be at least 1";
            return false;
        }

        for (long value = low; value <= high; value += step)
        {
            _values[value] = true;
        }

        error = null;
        return true;
    }

    private bool TryAddNth(Match match, out string? error)
    {
        if (match.Groups["last"].Success)
        {
            return TryAddNth(match.Groups["last"].Value, match.Groups["last"].Value, 0, out error);
        }

        if (match.Groups["nth"].Value is not ("1" or "2" or "3" or "4" or "5"))
        {
            error = $"'{match.Value}': a month has a first to fifth weekday";
            return false;
        }

        var first = match.Groups["first"].Value;
        return TryAddNth(first, match.Groups["to"].Success ? match.Groups["to"].Value : first, match.Groups["nth"].ValueSpan[0] - '0', out error);
    }

    private bool TryAddNth(string first, string last, int nth, out string? error)
    {
        if (!TryValue(first, out var low, out error) || !TryValue(last, out var high, out error))
        {
            return false;
        }

        high = low > high && high == 0 ? 7 : high;
        if (low > high)
        {
            error = $"the range {first}-{last} runs backwards";
            return false;
        }

        for (var day = low; day <= high; day++)
        {
            Nth.Add(new NthWeekday(day % 7, nth));
        }

        return true;
    }

    private bool TryValue(string text, out int value, out string? error)
    {
        error = null;
        var at = Kind.Names.ToList().IndexOf(text);
        if (at >= 0)
        {
            value = at + Kind.FirstName;
            return true;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            error = $"'{text}' is not a {Kind.Name}";
            return false;
        }

        if (value < Kind.Low || value > Kind.High)
        {
            error = $"{text} is out of range {Kind.Low}-{Kind.High}";
            return false;
        }

        return true;
    }

    [GeneratedRegex(@"^(?<first>\*|[a-z0-9]+)(-(?<last>[a-z0-9]+))?(/(?<step>[0-9]+))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ItemPattern();

    [GeneratedRegex(@"^((?<first>[a-z0-9]+)#(?<nth>[0-9]+)|(?<first>[a-z]{3})-(?<to>[a-z]{3})#(?<nth>[0-9]+)|l(?<last>[0-9]+))$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NthPattern();
}
