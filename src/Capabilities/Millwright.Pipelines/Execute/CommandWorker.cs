using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>
/// Runs programs and shell scripts as child processes in the project's folder. They find their files in <c>INPUT_NAME</c>, <c>OUTPUT_NAME</c>
/// and parameters in <c>PARAM_NAME</c> as well, and may append JSON lines to <c>MILLWRIGHT_JOURNAL</c>: <c>{"metric", "value", "step"}</c>,
/// <c>{"param", "value"}</c>, <c>{"tag", "value"}</c>.
/// </summary>
internal sealed class CommandWorker(PipelinesOptions options, TimeProvider clock) : IStepWorker
{
    public bool Takes(StepWork work) => work is ProgramWork or ShellWork;

    // The text with parameters filled in, and the references to files left as they are: paths differ from run to run.
    public string Identify(StepWork work, JsonObject parameters)
    {
        string Fill(string text) => Template.Fill(text, (reference, _) => reference.Kind == "params" ? Template.Text(parameters[reference.Name]) : reference.ToString());
        return work is ProgramWork program ? "run " + CanonicalJson.Write(new JsonArray([.. program.Argv.Select(argument => JsonValue.Create(Fill(argument)))])) : "sh " + Fill(((ShellWork)work).Script);
    }

    public bool IsCacheable(StepWork work) => true;

    public async Task<Result<Done>> RunAsync(StepWork work, StepContext context, StepJournal journal, JsonObject pipelineParameters, CancellationToken ct)
    {
        var environment = Environment(context);
        string Value(Reference reference) => reference.Kind switch
        {
            "inputs" => context.Inputs[reference.Name],
            "outputs" => context.Outputs[reference.Name],
            _ => Template.Text(pipelineParameters[reference.Name]),
        };
        var argv = work is ProgramWork program
            ? [.. program.Argv.Select(argument => Template.Fill(argument, (reference, _) => Value(reference)))]
            : new[] { "/bin/sh", "-c", Template.ForShell(((ShellWork)work).Script, Value, environment) };
        return await RunAsync(argv, context, journal, environment, ct);
    }

    /// <summary>Runs a program to its end; a non-zero exit code is a problem.</summary>
    internal async Task<Result<Done>> RunAsync(
        IReadOnlyList<string> argv, StepContext context, StepJournal journal, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!IsProgram(argv[0], options.ProjectFolder))
        {
            return NotFound(argv[0]);
        }

        ProcessGroup group;
        try
        {
            group = ProcessGroup.Start(argv, options.ProjectFolder, environment);
        }
        catch (Win32Exception)
        {
            return NotFound(argv[0]);
        }

        using (group)
        {
            group.Note(Path.Combine(Path.GetDirectoryName(context.WorkFolder)!, "process"));
            var side = new SideJournal(environment["MILLWRIGHT_JOURNAL"], journal);
            var pumps = Task.WhenAll(
                OutputPump.RunAsync(group.Process.StandardOutput.BaseStream, journal),
                OutputPump.RunAsync(group.Process.StandardError.BaseStream, journal));
            using var watching = new CancellationTokenSource();
            var following = side.FollowAsync(clock, watching.Token);
            try
            {
                var exit = await group.WaitAsync(options.GracePeriod, clock, ct);
                return exit == 0 ? Done.Value : Exited(context.Step, exit);
            }
            finally
            {
                // A process that left the group on purpose may hold the output open for ever.
                await pumps.WaitAsync(options.GracePeriod, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await watching.CancelAsync();
                await following;
            }
        }
    }

    internal Dictionary<string, string> Environment(StepContext context)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MILLWRIGHT_RUN"] = context.RunId,
            ["MILLWRIGHT_STEP"] = context.Step,
            ["MILLWRIGHT_JOURNAL"] = Path.Combine(Path.GetDirectoryName(context.WorkFolder)!, "journal.jsonl"),
            ["TMPDIR"] = context.WorkFolder,
        };
        foreach (var (name, path) in context.Inputs)
        {
            environment["INPUT_" + Variable(name)] = path;
        }

        foreach (var (name, path) in context.Outputs)
        {
            environment["OUTPUT_" + Variable(name)] = path;
        }

        foreach (var (name, value) in context.Parameters)
        {
            environment["PARAM_" + Variable(name)] = Template.Text(value);
        }

        return environment;
    }

    private static string Variable(string name) => string.Concat(name.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static bool IsProgram(string name, string folder) => name.Contains('/', StringComparison.Ordinal)
        ? File.Exists(Path.Combine(folder, name))
        : (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, name)));

    private static Problem NotFound(string program) =>
        new("step.program-unknown", $"There is no program '{program}'.", "Install it, or name it by its path relative to the project's folder.");

    private static Problem Exited(string step, int exit) => exit < 0
        ? new("step.killed", $"The command of step '{step}' was ended by signal {(-exit).ToString(CultureInfo.InvariantCulture)}.", "Its log shows how far it came; signal 9 often means that the machine ran out of memory.")
        : new("step.exited", $"The command of step '{step}' ended with exit code {exit.ToString(CultureInfo.InvariantCulture)}.", "Its log shows why.");
}
