using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Plan;

/// <summary>
/// Checks a plan as a whole and reports every error at once, each with file, line and key. On the way it fills in what an action's shape
/// implies: the outputs that the pipeline did not name.
/// </summary>
internal sealed partial class PlanCheck(PipelinePlan plan, SourceMap source, ActionCatalogue actions, string projectFolder)
{
    private readonly List<ProblemDetail> _errors = [];
    private readonly HashSet<string> _parameters = [.. plan.Parameters.Select(parameter => parameter.Name)];

    /// <summary>The completed plan, or one problem with all errors; <paramref name="already"/> are errors that reading found.</summary>
    public static Result<PipelinePlan> Run(PipelinePlan plan, SourceMap source, ActionCatalogue actions, string projectFolder, IReadOnlyList<ProblemDetail> already)
    {
        var check = new PlanCheck(plan, source, actions, projectFolder);
        check._errors.AddRange(already);
        var completed = check.Check();
        if (check._errors.Count == 0)
        {
            return completed;
        }

        var errors = check._errors.OrderBy(error => error.Line ?? 0).ToList();
        var count = errors.Count == 1 ? "1 error" : $"{errors.Count} errors";
        return new Problem("pipeline.invalid", $"'{source.File}' has {count}.", "Correct these lines and run it again.").With(errors);
    }

    private PipelinePlan Check()
    {
        CheckName("name", plan.Name, "pipeline");
        ReportDoubles("params", plan.Parameters.Select(parameter => parameter.Name), "parameter");
        ReportDoubles("steps", plan.Steps.Select(step => step.Name), "step");
        if (plan.Steps.IsEmpty && _errors.Count == 0)
        {
            Error("steps", "the pipeline has no steps");
        }

        for (var at = 0; at < plan.Triggers.Length; at++)
        {
            if (plan.Triggers[at] is CronTrigger cron && cron.Schedule(plan.Name).Problem is { } bad)
            {
                Error($"on.{at}", bad.Message);
            }
        }

        var completed = plan with { Steps = [.. plan.Steps.Select(Complete)] };
        var names = completed.Steps.Select(step => step.Name).ToList();
        foreach (var step in completed.Steps)
        {
            CheckStep(step, completed, names);
        }

        if (PlanOrder.FindCycle(completed) is { } cycle)
        {
            Error($"steps.{cycle[0]}", $"the steps depend on each other in a circle: {string.Join(" -> ", cycle)} -> {cycle[0]}");
        }

        return completed;
    }

    private PlanStep Complete(PlanStep step)
    {
        if (step.Work is not ActionWork work || actions.Find(work.Action) is not { } action)
        {
            return step;
        }

        var shape = action.Shape;
        var outputs = step.Outputs.IsEmpty
            ? step.Outputs.AddRange(shape.Outputs.Where(name => name != "*").Select(name => KeyValuePair.Create(name, shape.FileNames.GetValueOrDefault(name, name))))
            : step.Outputs.SetItems(step.Outputs.Where(output => output.Value == output.Key)
                .Select(output => KeyValuePair.Create(output.Key, shape.FileNames.GetValueOrDefault(output.Key, output.Key))).ToImmutableArray());
        return step with { Outputs = outputs };
    }

    private void CheckStep(PlanStep step, PipelinePlan all, IReadOnlyList<string> names)
    {
        var key = $"steps.{step.Name}";
        CheckName(key, step.Name, "step");
        foreach (var (name, from) in step.Inputs)
        {
            CheckInput($"{key}.inputs.{name}", from, all, names);
        }

        foreach (var need in step.Needs.Where(need => !names.Contains(need)))
        {
            Error($"{key}.needs", $"there is no step '{need}'{Nearest.Hint(need, names)}");
        }

        foreach (var (name, file) in step.Outputs.Where(output => !IsFileName(output.Value)))
        {
            Error($"{key}.outputs.{name}", $"'{file}' is not a plain file name; an output has no folders in its name");
        }

        ReportDoubles($"{key}.outputs", step.Outputs.Values, "file name");
        if (step.Work is ActionWork work)
        {
            CheckAction(key, work, step);
        }
        else
        {
            CheckCommand(key, step);
        }

        foreach (var (name, value) in step.Parameters)
        {
            CheckReferences($"{key}.with.{name}", Template.References(value), []);
        }
    }

    private void CheckInput(string key, InputSource from, PipelinePlan all, IReadOnlyList<string> names)
    {
        switch (from)
        {
            case OutputSource output when all.Find(output.Step) is not { } upstream:
                Error(key, $"there is no step '{output.Step}'{Nearest.Hint(output.Step, names)}");
                break;
            case OutputSource output when !all.Find(output.Step)!.Outputs.ContainsKey(output.Output):
                var made = all.Find(output.Step)!.Outputs.Keys;
                Error(key, $"the step '{output.Step}' makes no output '{output.Output}'{Nearest.Hint(output.Output, made)} (it makes: {List(made)})");
                break;
            case FileSource(var path):
                CheckFile(key, path, names);
                break;
            case DataSource(var path):
                CheckFile(key, path, names);
                break;
            case ParameterSource(var parameter) when !_parameters.Contains(parameter):
                Error(key, $"there is no parameter '{parameter}'{Nearest.Hint(parameter, _parameters)}");
                break;
        }
    }

    private void CheckFile(string key, string path, IReadOnlyList<string> names)
    {
        if (Path.IsPathRooted(path) || path.Split('/').Contains("..", StringComparer.Ordinal))
        {
            Error(key, $"'{path}' is outside the project; inputs are named relative to the project's folder");
            return;
        }

        var full = Path.Combine(projectFolder, path);
        if (!Path.Exists(full))
        {
            var step = path.Split('.')[0];
            var hint = path.Contains('/', StringComparison.Ordinal) ? "" : $" and no step '{step}'{Nearest.Hint(step, names)}";
            var isTracked = File.Exists(full + ".dvc");
            Error(key, isTracked ? $"'{path}' is tracked but not in the work tree; run 'mw data checkout {path}' or 'mw data pull {path}'" : $"there is no file '{path}'{hint}");
        }
    }

    private void CheckAction(string key, ActionWork work, PlanStep step)
    {
        if (actions.Find(work.Action) is not { Shape: var shape })
        {
            var known = actions.All.Select(action => action.Name).ToList();
            Error($"{key}.uses", $"there is no action '{work.Action}'{Nearest.Hint(work.Action, known)} (known: {List(known)})");
            return;
        }

        var inputs = shape.Inputs.Select(input => input.TrimEnd('?')).ToList();
        foreach (var missing in shape.Inputs.Where(input => !input.EndsWith('?') && input != "*" && !step.Inputs.ContainsKey(input)))
        {
            Error(key, $"'{work.Action}' needs the input '{missing}'");
        }

        foreach (var unknown in step.Inputs.Keys.Where(input => !inputs.Contains(input) && !inputs.Contains("*")))
        {
            Error($"{key}.inputs.{unknown}", $"'{work.Action}' has no input '{unknown}'{Nearest.Hint(unknown, inputs)} (it has: {List(inputs)})");
        }

        foreach (var unknown in step.Outputs.Keys.Where(output => !shape.Outputs.Contains(output) && !shape.Outputs.Contains("*")))
        {
            Error($"{key}.outputs.{unknown}", $"'{work.Action}' makes no output '{unknown}'{Nearest.Hint(unknown, shape.Outputs)} (it makes: {List(shape.Outputs)})");
        }

        CheckActionParameters(key, work, step, [.. shape.Parameters]);
    }

    private void CheckActionParameters(string key, ActionWork work, PlanStep step, IReadOnlyList<Millwright.Abstractions.Steps.StepParameter> known)
    {
        foreach (var missing in known.Where(parameter => parameter.Default is null && !parameter.IsOptional && !step.Parameters.ContainsKey(parameter.Name)))
        {
            Error($"{key}.with", $"'{work.Action}' needs the parameter '{missing.Name}': {missing.Summary}");
        }

        foreach (var (name, value) in step.Parameters)
        {
            if (known.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
            {
                if (known.All(candidate => candidate.Name != "*"))
                {
                    var names = known.Select(candidate => candidate.Name).ToList();
                    Error($"{key}.with.{name}", $"'{work.Action}' has no parameter '{name}'{Nearest.Hint(name, names)} (it has: {List(names)})");
                }
            }
            else if (ParameterType.Mismatch(parameter.Default, Preview(value)) is { } mismatch)
            {
                Error($"{key}.with.{name}", mismatch);
            }
        }
    }

    // References become the pipeline's defaults, so that their types are checked as well.
    private System.Text.Json.Nodes.JsonNode? Preview(System.Text.Json.Nodes.JsonNode? value) =>
        Template.Resolve(value, new System.Text.Json.Nodes.JsonObject(plan.Parameters
            .DistinctBy(parameter => parameter.Name)
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Default?.DeepClone()))));

    private void CheckCommand(string key, PlanStep step)
    {
        var texts = step.Work switch
        {
            ProgramWork program => program.Argv.AsEnumerable(),
            ShellWork shell => [shell.Script],
            _ => [],
        };
        if (texts.FirstOrDefault() is { } first && string.IsNullOrWhiteSpace(first))
        {
            Error($"{key}.run", "the command is empty");
        }

        CheckReferences($"{key}.run", texts.SelectMany(Template.References), [("inputs", step.Inputs.Keys), ("outputs", step.Outputs.Keys)]);
    }

    private void CheckReferences(string key, IEnumerable<Reference> references, IReadOnlyList<(string Kind, IEnumerable<string> Names)> more)
    {
        foreach (var reference in references.Distinct())
        {
            var names = reference.Kind == "params" ? _parameters : more.FirstOrDefault(kind => kind.Kind == reference.Kind).Names;
            if (names is null)
            {
                Error(key, $"{reference} is not known; a reference begins with {List(["params", .. more.Select(kind => kind.Kind)])}");
            }
            else if (!names.Contains(reference.Name))
            {
                var noun = reference.Kind switch { "params" => "parameter", "inputs" => "input", _ => "output" };
                Error(key, $"{reference}: there is no {noun} '{reference.Name}'{Nearest.Hint(reference.Name, names)}");
            }
        }
    }

    private void CheckName(string key, string name, string noun)
    {
        if (!NamePattern().IsMatch(name))
        {
            Error(key, $"'{name}' is not a name for a {noun}: letters, digits, '_' and '-', at most 100");
        }
    }

    private void ReportDoubles(string key, IEnumerable<string> names, string noun)
    {
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Error($"{key}.{twice.Key}", $"the {noun} '{twice.Key}' occurs {twice.Count()} times");
        }
    }

    private void Error(string key, string message) => _errors.Add(new ProblemDetail(message, source.File, source.LineOf(key), key));

    private static bool IsFileName(string name) => name.Length is > 0 and <= 200 && name is not ("." or "..") && !name.AsSpan().ContainsAny("/\\\0");

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
