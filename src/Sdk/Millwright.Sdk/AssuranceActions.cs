using System.Runtime.CompilerServices;

namespace Millwright.Sdk;

/// <summary>Judging, explaining and registering models, as typed steps.</summary>
public static class AssuranceActions
{
    /// <summary>Scores a table with a model.</summary>
    public static Artifact<ParquetFile> Predict<T>(
        this Pipeline pipeline, string name, Artifact<FolderOfFiles> model, Artifact<T> table, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where T : IArtifact<T> =>
        pipeline.Action(name, "predict", line).Input("model", model).Input("table", table).Options(options).Output<ParquetFile>("predictions");

    /// <summary>Scores a table with the version of a registered model that is in production; runs again when another one is.</summary>
    public static Artifact<ParquetFile> PredictChampion<T>(
        this Pipeline pipeline, string name, string model, Artifact<T> table, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where T : IArtifact<T> =>
        pipeline.Action(name, "predict.champion", line).Input("table", table).With<string>("model", model).Options(options).Output<ParquetFile>("predictions");

    /// <summary>Measures a classifier on labelled predictions.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The step's name.</param>
    /// <param name="predictions">Labels and scores.</param>
    /// <param name="with">Further parameters of the action.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Artifact<JsonFile> Evaluate(
        this Pipeline pipeline, string name, Artifact<ParquetFile> predictions, Action<StepBuilder>? with = null, StepOptions? options = null, [CallerLineNumber] int line = 0) =>
        Finish(pipeline.Action(name, "evaluate", line).Input("predictions", predictions), with, options).Output<JsonFile>("metrics");

    /// <summary>Compares a classifier's rates between the groups of sensitive columns.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The step's name.</param>
    /// <param name="predictions">Labels, scores and the sensitive columns.</param>
    /// <param name="sensitive">Columns whose groups are compared.</param>
    /// <param name="with">Further parameters of the action, such as <c>demographic_parity_difference</c>.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Artifact<JsonFile> Fairness(
        this Pipeline pipeline, string name, Artifact<ParquetFile> predictions, string[] sensitive,
        Action<StepBuilder>? with = null, StepOptions? options = null, [CallerLineNumber] int line = 0) =>
        Finish(pipeline.Action(name, "fairness", line).Input("predictions", predictions).With<string[]>("sensitive", sensitive), with, options).Output<JsonFile>("fairness");

    /// <summary>Explains a model by the part that each feature has in its scores (SHAP).</summary>
    public static Artifact<JsonFile> Explain<T>(
        this Pipeline pipeline, string name, Artifact<FolderOfFiles> model, Artifact<T> table, Action<StepBuilder>? with = null, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where T : IArtifact<T> =>
        Finish(pipeline.Action(name, "explain", line).Input("model", model).Input("table", table), with, options).Output<JsonFile>("explanation");

    /// <summary>Describes the training data column by column, for monitoring to compare with.</summary>
    public static Artifact<JsonFile> Profile<T>(
        this Pipeline pipeline, string name, Artifact<T> data, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where T : IArtifact<T> =>
        pipeline.Action(name, "profile", line).Input("data", data).Options(options).Output<JsonFile>("profile");

    /// <summary>Decides whether a model may go on; anything but a pass fails the run.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The step's name.</param>
    /// <param name="predictions">The candidate's labelled predictions.</param>
    /// <param name="gate">What is compared.</param>
    /// <param name="with">Further parameters of the action, such as <c>metric</c>.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Artifact<JsonFile> Gate(
        this Pipeline pipeline, string name, Artifact<ParquetFile> predictions, GateOptions gate,
        Action<StepBuilder>? with = null, StepOptions? options = null, [CallerLineNumber] int line = 0)
    {
        var step = pipeline.Action(name, "gate", line).Input("predictions", predictions).With("threshold", gate.Threshold);
        Add(step, "champion", gate.Champion);
        Add(step, "fairness", gate.Fairness);
        return Finish(step, with, options).Output<JsonFile>("gate");
    }

    /// <summary>Registers a model version with everything that is known about it; its output names the version.</summary>
    public static Artifact<JsonFile> Register(
        this Pipeline pipeline, string name, string model, Artifact<FolderOfFiles> files, RegisterOptions with, StepOptions? options = null, [CallerLineNumber] int line = 0)
    {
        var step = pipeline.Action(name, "register", line).Input("model", files).With<string>("name", model);
        Add(step, "metrics", with.Metrics);
        Add(step, "gate", with.Gate);
        Add(step, "fairness", with.Fairness);
        Add(step, "explanation", with.Explanation);
        Add(step, "profile", with.Profile);
        return step.Options(options).Output<JsonFile>("version");
    }

    private static void Add<T>(StepBuilder step, string name, Artifact<T>? from)
        where T : IArtifact<T>
    {
        if (from is not null)
        {
            step.Input(name, from);
        }
    }

    private static StepBuilder Finish(StepBuilder step, Action<StepBuilder>? with, StepOptions? options)
    {
        with?.Invoke(step);
        return step.Options(options);
    }
}

/// <summary>What a gate compares.</summary>
public sealed record GateOptions
{
    /// <summary>What the metric must reach, with its whole confidence interval.</summary>
    public Value<double> Threshold { get; init; } = 0.5;

    /// <summary>The champion's predictions on the same rows, or null.</summary>
    public Artifact<ParquetFile>? Champion { get; init; }

    /// <summary>A fairness report that must hold as well, or null.</summary>
    public Artifact<JsonFile>? Fairness { get; init; }
}

/// <summary>What is registered with a version.</summary>
public sealed record RegisterOptions
{
    /// <summary>Metrics on the held-out rows.</summary>
    public Artifact<JsonFile>? Metrics { get; init; }

    /// <summary>The gate's verdict.</summary>
    public Artifact<JsonFile>? Gate { get; init; }

    /// <summary>The fairness report.</summary>
    public Artifact<JsonFile>? Fairness { get; init; }

    /// <summary>The explanation.</summary>
    public Artifact<JsonFile>? Explanation { get; init; }

    /// <summary>The profile of the training data.</summary>
    public Artifact<JsonFile>? Profile { get; init; }
}
