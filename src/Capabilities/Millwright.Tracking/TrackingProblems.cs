using Millwright.Abstractions.Results;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking;

/// <summary>The expected failures of tracking, said in one place.</summary>
public static class TrackingProblems
{
    /// <summary>No such experiment, or not one that can be deleted or restored.</summary>
    public static Problem UnknownExperiment(ExperimentId id) =>
        new("experiment.unknown", $"No Experiment with id={id} exists", "List them with 'mw runs list' or experiments/search.", ProblemKind.NotFound);

    /// <summary>No experiment of this name.</summary>
    public static Problem UnknownExperimentName(string name) =>
        new("experiment.unknown", $"Could not find experiment with name '{name}'", "List them with 'mw runs list' or experiments/search.", ProblemKind.NotFound);

    /// <summary>The name belongs to another experiment, maybe a deleted one.</summary>
    public static Problem ExperimentExists(string name) =>
        new("experiment.exists", $"Experiment(name={name}) already exists.", "Choose another name, or restore the deleted experiment of this name.", ProblemKind.Conflict);

    /// <summary>The experiment is deleted.</summary>
    public static Problem ExperimentDeleted(ExperimentId id) =>
        new("experiment.deleted", $"The experiment {id} must be in the 'active' state. Current state is deleted.", "Restore it with experiments/restore.");

    /// <summary>No such run.</summary>
    public static Problem UnknownRun(RunId id) =>
        new("run.unknown", $"Run with id={id} not found", "List runs with 'mw runs list'.", ProblemKind.NotFound);

    /// <summary>The run is deleted.</summary>
    public static Problem RunDeleted(RunId id) =>
        new("run.deleted", $"The run {id} must be in the 'active' state. Current state is deleted.", "Restore it with runs/restore.");

    /// <summary>A required field has no value.</summary>
    public static Problem Missing(string field) =>
        new("field.missing", $"Missing value for required parameter '{field}'. See the API docs for more information about request parameters.", $"Give '{field}' a value.");

    /// <summary>A tag that is not there.</summary>
    public static Problem UnknownTag(string key, string owner) =>
        new("tag.unknown", $"No tag with name: {key} in {owner}", "Check the spelling; deleting a tag twice is not possible.", ProblemKind.NotFound);

    /// <summary>A number outside its range.</summary>
    public static Problem OutOfRange(string field, long value, string allowed) =>
        new("field.range", $"Invalid value {value} for parameter '{field}' supplied. It must be {allowed}", $"Set '{field}' to a value in that range.");
}
