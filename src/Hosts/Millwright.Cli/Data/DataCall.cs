using System.Text;
using System.Text.Json;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Cli.Screens;
using Millwright.Contracts.Problems;
using Millwright.Data;
using Millwright.Data.Formats;
using Millwright.Data.Workspace;
using Millwright.Server.Problems;

namespace Millwright.Cli.Data;

/// <summary>One call of a data verb: its arguments and where it runs.</summary>
internal sealed record DataCall(VerbArguments Arguments, DataEnvironment Environment, IScreen Screen, TimeProvider Clock, Actor Actor)
{
    /// <summary>Whether only problems are to be shown.</summary>
    public bool IsQuiet => Arguments.IsQuiet;

    /// <summary>Opens the repository around the working folder and runs the verb on it.</summary>
    public async Task<int> InRepositoryAsync(Func<DataRepository, Task<int>> run) =>
        DataRepository.Open(Environment, Clock).TryGet(out var repository, out var problem) ? await run(repository) : Fail(problem);

    /// <summary>Shows text, unless quiet.</summary>
    public void Show(string text)
    {
        if (!IsQuiet)
        {
            Screen.Write(text);
        }
    }

    /// <summary>Shows one named value: as a line of text, or as JSON.</summary>
    public void ShowValue(string name, string? value)
    {
        if (Arguments.IsJson)
        {
            ShowJson(new KeyValuePair<string, object?>[] { new(name, value) });
        }
        else if (value is not null)
        {
            Show(value + "\n");
        }
    }

    /// <summary>Shows a value as one line of JSON.</summary>
    public void ShowJson(object? value) => Screen.Line(PythonJson.Write(value));

    /// <summary>A warning.</summary>
    public void Warn(string text) => Screen.Note($"WARNING: {text}");

    /// <summary>Reports a problem in DVC's words and returns DVC's exit code for it.</summary>
    public int Fail(Problem problem, int code = 1, string prefix = "")
    {
        var text = new StringBuilder();
        if (problem.Details.IsEmpty)
        {
            text.Append("ERROR: ").Append(problem.Code is "data.config-invalid" or "data.no-repository" ? "" : prefix);
        }

        text.Append(problem.Message);
        foreach (var detail in problem.Details)
        {
            text.Append("\n\n").Append(detail.Message);
            text.Append(detail.Key is null ? "" : $", in {detail.Key}").Append(detail.Line is null ? "" : $", line {detail.Line}");
        }

        // Where --json is DVC's own, standard output stays empty as DVC leaves it.
        if (Arguments.IsJson && Arguments.IsOwnJson)
        {
            Screen.Line(JsonSerializer.Serialize(problem.ToDto(), ProblemJson.Default.ProblemDto));
        }

        Screen.Note(text.Append(problem.Fix.Length == 0 ? "" : $"\nfix: {problem.Fix}").ToString());
        return problem.Code switch
        {
            "data.no-repository" => 253,
            "data.config-invalid" => 251,
            _ => code,
        };
    }

    /// <summary>Progress on a terminal's standard error.</summary>
    public IProgress<DataProgress> Progress() => new ScreenProgress(Screen, Clock);

    private sealed class ScreenProgress(IScreen screen, TimeProvider clock) : IProgress<DataProgress>
    {
        private static readonly TimeSpan Rate = TimeSpan.FromMilliseconds(100);
        private readonly long _began = clock.GetTimestamp();
        private readonly Lock _gate = new();
        private TimeSpan _next = TimeSpan.FromSeconds(1);

        public void Report(DataProgress value)
        {
            var elapsed = clock.GetElapsedTime(_began);
            if (elapsed < _next && value.Done < value.Total)
            {
                return;
            }

            lock (_gate)
            {
                _next = elapsed + Rate;
                screen.Progress(value.Done >= value.Total ? null : $"{value.Verb} {value.Done:n0} of {value.Total:n0} files, {value.Done / Math.Max(0.001, elapsed.TotalSeconds):n0} files/s, {Left(value, elapsed)} left");
            }
        }

        private static string Left(DataProgress value, TimeSpan elapsed) =>
            TimeSpan.FromSeconds(Math.Round(elapsed.TotalSeconds * (value.Total - value.Done) / Math.Max(1, value.Done))).ToString("g");
    }
}
