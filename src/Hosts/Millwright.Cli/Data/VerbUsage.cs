namespace Millwright.Cli.Data;

/// <summary>An option of a data verb.</summary>
/// <param name="Names">As typed: <c>-o</c>, <c>--out</c>; the last one is its key.</param>
/// <param name="Value">What its value is called in the help; null for a switch.</param>
/// <param name="Help">One sentence.</param>
internal sealed record VerbOption(string[] Names, string? Value, string Help)
{
    /// <summary>Left out of DVC's usage text: an addition to the tool.</summary>
    public bool IsAddition { get; init; }

    /// <summary>Left out of the help: DVC has it, and it is read only to say that it is not supported.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary>The value when the option is given without one; null = a value must follow.</summary>
    public string? Implied { get; init; }

    /// <summary>What identifies it.</summary>
    public string Key => Names[^1];
}

/// <summary>A positional argument of a data verb.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count"><c>""</c> one, <c>?</c> at most one, <c>*</c> any number, <c>+</c> at least one.</param>
/// <param name="Help">One sentence.</param>
internal sealed record VerbOperand(string Name, string Count, string Help);

/// <summary>The grammar of a data verb.</summary>
/// <param name="Name">Its words: <c>add</c>, <c>remote add</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Examples">Whole command lines.</param>
internal sealed record VerbUsage(string Name, string Summary, params string[] Examples)
{
    /// <summary>Options that every verb has.</summary>
    public static IReadOnlyList<VerbOption> Common { get; } =
    [
        new(["-h", "--help"], null, "show this help message and exit"),
        new(["-q", "--quiet"], null, "Be quiet."),
        new(["-v", "--verbose"], null, "Be verbose."),
        new(["--json"], null, "Print one JSON document instead of text.") { IsAddition = true },
        new(["--cd"], "<path>", "Work in this folder.") { IsAddition = true },
        new(["--as"], "NAME", "Who acts.") { IsAddition = true },
    ];

    /// <summary>Its own options, in the order of the help.</summary>
    public IReadOnlyList<VerbOption> Options { get; init; } = [];

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<VerbOperand> Operands { get; init; } = [];

    /// <summary>Other words that mean the same verb.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>All options; an own one that is a common one too stands where DVC shows it.</summary>
    public IEnumerable<VerbOption> All => Common.Where(common => Options.All(own => own.Key != common.Key)).Concat(Options);
}
