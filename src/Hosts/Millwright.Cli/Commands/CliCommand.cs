using System.CommandLine;

namespace Millwright.Cli.Commands;

/// <summary>A command: arguments, one call, one rendering; with examples for its help.</summary>
internal sealed class CliCommand(string name, string summary, params string[] examples) : Command(name, summary)
{
    /// <summary>Complete command lines that work.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Sets what it does. Problems and exceptions are reported by the boundary in <see cref="CommandLine"/>.</summary>
    public CliCommand OnRun(CliContext cli, Func<ParseResult, CancellationToken, Task<ExitCode>> run)
    {
        SetAction(async (parsed, ct) =>
        {
            cli.Bind(parsed);
            return (int)await cli.GuardAsync(() => run(parsed, ct));
        });
        return this;
    }
}
