using System.Collections.Immutable;

namespace Millwright.Cli.Data;

/// <summary>The arguments of a data verb, read as DVC reads them: options and operands mixed, <c>--option=value</c>, <c>-ovalue</c>, <c>--</c>.</summary>
internal sealed class VerbArguments
{
    private readonly Dictionary<string, List<string>> _options = new(StringComparer.Ordinal);
    private readonly List<string> _operands = [];
    private readonly VerbUsage _usage;

    private VerbArguments(VerbUsage usage) => _usage = usage;

    /// <summary>All operands in order.</summary>
    public ImmutableArray<string> Operands => [.. _operands];

    /// <summary>Whether only problems are to be shown.</summary>
    public bool IsQuiet => Has("--quiet");

    /// <summary>Whether JSON is wanted.</summary>
    public bool IsJson => Has("--json");

    /// <summary>Whether <c>--json</c> is Millwright's addition to this verb.</summary>
    public bool IsOwnJson => _usage.Options.All(option => option.Key != "--json");

    /// <summary>Whether an option was given.</summary>
    public bool Has(string key) => _options.ContainsKey(key);

    /// <summary>An option's last value, or null.</summary>
    public string? Value(string key) => _options.TryGetValue(key, out var values) ? values[^1] : null;

    /// <summary>The operand at a position, or null.</summary>
    public string? Operand(int index) => index < _operands.Count ? _operands[index] : null;

    /// <summary>Reads the words; <paramref name="error"/> says what is wrong with them.</summary>
    public static VerbArguments Parse(VerbUsage usage, IReadOnlyList<string> words, out string? error)
    {
        var arguments = new VerbArguments(usage);
        var unknown = new List<string>();
        error = null;
        for (var i = 0; i < words.Count && error is null; i++)
        {
            var word = words[i];
            if (word == "--")
            {
                arguments._operands.AddRange(words.Skip(i + 1));
                break;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                arguments._operands.Add(word);
            }
            else if (word[1] == '-')
            {
                i += arguments.ReadLong(word, i + 1 < words.Count ? words[i + 1] : null, unknown, ref error);
            }
            else
            {
                i += arguments.ReadShort(word, i + 1 < words.Count ? words[i + 1] : null, unknown, ref error);
            }
        }

        error ??= arguments.CheckOperands(unknown);
        return arguments;
    }

    private int ReadLong(string word, string? next, List<string> unknown, ref string? error)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        if (Find(name) is not { } option)
        {
            unknown.Add(word);
            return 0;
        }

        if (option.Value is null && equals >= 0)
        {
            error = $"argument {string.Join('/', option.Names)}: ignored explicit argument '{word[(equals + 1)..]}'";
            return 0;
        }

        return Keep(option, equals < 0 ? null : word[(equals + 1)..], next, ref error);
    }

    private int ReadShort(string word, string? next, List<string> unknown, ref string? error)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (Find($"-{word[i]}") is not { } option)
            {
                unknown.Add(word);
                return 0;
            }

            if (option.Value is not null)
            {
                return Keep(option, i + 1 < word.Length ? word[(i + 1)..].TrimStart('=') : null, next, ref error);
            }

            Keep(option, null, null, ref error);
        }

        return 0;
    }

    private int Keep(VerbOption option, string? attached, string? next, ref string? error)
    {
        var takesNext = option.Value is not null && option.Implied is null && attached is null;
        if (takesNext && (next is null || next is ['-', _, ..]))
        {
            error = $"argument {string.Join('/', option.Names)}: expected one argument";
            return 0;
        }

        if (!_options.TryGetValue(option.Key, out var values))
        {
            _options[option.Key] = values = [];
        }

        values.Add(attached ?? (takesNext ? next! : option.Implied ?? ""));
        return takesNext ? 1 : 0;
    }

    private string? CheckOperands(List<string> unknown)
    {
        if (Has("--help"))
        {
            return null;
        }

        var required = _usage.Operands.Where(o => o.Count is "" or "+").Skip(_operands.Count).Select(o => o.Name).ToArray();
        if (required.Length > 0)
        {
            return $"the following arguments are required: {string.Join(", ", required)}";
        }

        if (!_usage.Operands.Any(o => o.Count is "*" or "+"))
        {
            unknown.AddRange(_operands.Skip(_usage.Operands.Count));
        }

        return unknown.Count == 0 ? null : $"unrecognized arguments: {string.Join(' ', unknown)}";
    }

    // A unique beginning of a long name is enough.
    private VerbOption? Find(string name) =>
        _usage.All.FirstOrDefault(o => o.Names.Contains(name, StringComparer.Ordinal))
        ?? (name.Length > 3 && _usage.All.Where(o => o.Key.StartsWith(name, StringComparison.Ordinal)).ToArray() is [var only] ? only : null);
}
