using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Millwright.Abstractions.Results;
using Millwright.Cli.Project;
using Millwright.Cli.Screens;
using Millwright.Client;
using Millwright.Contracts.Problems;
using Millwright.Server.Problems;

namespace Millwright.Cli.Commands;

/// <summary>What a command may use: the screen, the clock, the project's server, and the options that every command has.</summary>
internal sealed class CliContext(IScreen screen, TimeProvider clock) : IAsyncDisposable
{
    private ProjectConnection? _connection;

    /// <summary><c>--json</c>: one JSON document on standard output and nothing else.</summary>
    public static Option<bool> JsonOption { get; } = new("--json") { Description = "Print one JSON document instead of text.", Recursive = true };

    /// <summary><c>--project</c>: where to look for the project.</summary>
    public static Option<string?> ProjectOption { get; } = new("--project") { Description = "The project's folder (default: the one around the current folder).", Recursive = true, HelpName = "DIR" };

    /// <summary><c>--as</c>: who acts.</summary>
    public static Option<string?> ActorOption { get; } = new("--as") { Description = "Who acts, as it stands in the ledger (default: MILLWRIGHT_ACTOR, else the system's user).", Recursive = true, HelpName = "NAME" };

    /// <summary>Where output goes.</summary>
    public IScreen Screen => screen;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Whether <c>--json</c> was given.</summary>
    public bool Json { get; private set; }

    /// <summary>The folder to look for the project from.</summary>
    public string Folder { get; private set; } = Directory.GetCurrentDirectory();

    /// <summary>Who acts, or null for the system's user.</summary>
    public string? Actor { get; private set; } = Environment.GetEnvironmentVariable("MILLWRIGHT_ACTOR");

    /// <summary>Takes over the options that every command has.</summary>
    public void Bind(ParseResult parsed)
    {
        Json = parsed.GetValue(JsonOption);
        Folder = Path.GetFullPath(parsed.GetValue(ProjectOption) ?? Folder);
        Actor = parsed.GetValue(ActorOption) ?? Actor;
    }

    /// <summary>Takes over <c>--json</c> from words that are not parsed, so that errors about the words themselves keep to it.</summary>
    public void Bind(IReadOnlyList<string> words) => Json = words.TakeWhile(word => word is not "--").Contains("--json");

    /// <summary>
    /// The server of this project: the one at <c>MILLWRIGHT_SERVER</c>, else a live one on the project's socket, else one hosted here for as
    /// long as this command runs.
    /// </summary>
    public MillwrightClient Connect() => (_connection ??= ProjectConnection.Open(Folder, Actor, clock)).Client;

    /// <summary>Shows a value: as JSON when asked, else as text.</summary>
    public ExitCode Show<T>(T value, JsonTypeInfo<T> type, Action<T> render, Func<T, bool>? answer = null)
    {
        if (Json)
        {
            ShowJson(value, type);
        }
        else
        {
            render(value);
        }

        return answer?.Invoke(value) is false ? ExitCode.No : ExitCode.Done;
    }

    /// <summary>Prints a value as the one JSON document.</summary>
    public void ShowJson<T>(T value, JsonTypeInfo<T> type)
    {
        var indented = new JsonSerializerOptions(type.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        screen.Line(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)indented.GetTypeInfo(typeof(T))));
    }

    /// <summary>Reports a problem and returns its exit code.</summary>
    public ExitCode Fail(Problem problem)
    {
        Report(problem.ToDto());
        return ExitCodes.Of(problem.Kind);
    }

    /// <summary>The boundary: whatever a command throws is reported here, never as a stack trace.</summary>
    public async Task<ExitCode> GuardAsync(Func<Task<ExitCode>> run)
    {
        try
        {
            return await run();
        }
        catch (MillwrightException failure)
        {
            Report(failure.Problem);
            Trace(failure);
            return ExitCodes.OfStatus(failure.Problem.Status);
        }
        catch (OperationCanceledException)
        {
            screen.Note("cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception failure) when (Outage.Explain(failure) is { } outage)
        {
            Trace(failure);
            return Fail(outage);
        }
        catch (Exception failure)
        {
            Report(new ProblemDto(500, $"A bug: {failure.GetType().Name}: {failure.Message}", "bug", "Please report it with the output of the same command under MILLWRIGHT_TRACE=1.", []));
            Trace(failure);
            return ExitCode.Bug;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private void Trace(Exception failure)
    {
        if (Environment.GetEnvironmentVariable("MILLWRIGHT_TRACE") is { Length: > 0 })
        {
            screen.Note(failure.ToString());
        }
    }

    private void Report(ProblemDto problem)
    {
        if (Json)
        {
            ShowJson(problem, ProblemJson.Default.ProblemDto);
        }

        screen.Error(problem.Title, problem.Details, problem.Fix);
    }
}
