using System.CommandLine;

namespace Millwright.Cli.Commands;

/// <summary>
/// A first word of the command line. Its commands are built only when it is used, so that starting stays fast however many there are.
/// </summary>
/// <param name="Name">The word.</param>
/// <param name="Summary">One line for <c>mw --help</c>.</param>
/// <param name="Group">Heading in <c>mw --help</c>.</param>
/// <param name="Build">Builds its command tree.</param>
internal sealed record Noun(string Name, string Summary, string Group, Func<CliContext, Command> Build)
{
    /// <summary>Takes the rest of the command line as it is, for a noun whose grammar is another tool's; null for ordinary nouns.</summary>
    public Func<CliContext, IReadOnlyList<string>, CancellationToken, Task<ExitCode>>? Raw { get; init; }
}
