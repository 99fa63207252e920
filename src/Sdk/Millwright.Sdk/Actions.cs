using System.Runtime.CompilerServices;

namespace Millwright.Sdk;

/// <summary>The two sides of a split.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Test">Held out.</param>
public sealed record SplitTables(Artifact<ParquetFile> Train, Artifact<ParquetFile> Test);

/// <summary>Features and how they were made.</summary>
/// <param name="Table">One row per row of the data.</param>
/// <param name="Encoding">What serving needs to make the same features.</param>
public sealed record FeatureTable(Artifact<ParquetFile> Table, Artifact<FolderOfFiles> Encoding);

/// <summary>Preparing data and training, as typed steps.</summary>
public static class Actions
{
    /// <summary>Validates a table against a suite of expectations; a broken one fails the run.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The step's name.</param>
    /// <param name="data">A CSV or Parquet table.</param>
    /// <param name="suite">Path of the suite, relative to the project.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The result with each expectation's counts; <see cref="Artifact{T}.Maker"/> names the step for <see cref="StepOptions.After"/>.</returns>
    public static Artifact<JsonFile> Validate<T>(
        this Pipeline pipeline, string name, Artifact<T> data, string suite, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where T : IArtifact<T> =>
        pipeline.Action(name, "validate", line).Input("data", data).Input("suite", pipeline.File<JsonFile>(suite)).Options(options).Output<JsonFile>("result");

    /// <summary>Runs one SELECT statement over one table, whose view is called <c>data</c>; for more tables use the action <c>sql</c>.</summary>
    public static Artifact<ParquetFile> Sql<T>(
        this Pipeline pipeline, string name, Artifact<T> data, Value<string> query, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where T : IArtifact<T> =>
        pipeline.Action(name, "sql", line).Input("data", data).With("query", query).Options(options).Output<ParquetFile>("out");

    /// <summary>Splits a table into train and test, stable when rows are added.</summary>
    public static SplitTables Split<T>(
        this Pipeline pipeline, string name, Artifact<T> table, SplitOptions split, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where T : IArtifact<T>
    {
        var step = pipeline.Action(name, "split", line).Input("table", table)
            .With("test", split.Test).With("seed", split.Seed).With<string>("id", split.Id).With<string>("stratify", split.Stratify).Options(options);
        return new SplitTables(step.Output<ParquetFile>("train"), step.Output<ParquetFile>("test"));
    }

    /// <summary>Turns raw columns into features; with an encoding it is applied, without one it is learned.</summary>
    public static FeatureTable Features<T>(
        this Pipeline pipeline, string name, Artifact<T> data, FeatureOptions features, Artifact<FolderOfFiles>? encoding = null, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where T : IArtifact<T>
    {
        var step = pipeline.Action(name, "features", line).Input("data", data);
        step = encoding is null
            ? step.With<string>("label", features.Label).With<string>("positive", features.Positive).With<string>("id", features.Id)
                .With<string[]>("exclude", features.Exclude.ToArray()).With<string[]>("keep", features.Keep.ToArray())
            : step.Input("encoding", encoding);
        step.Options(options);
        return new FeatureTable(step.Output<ParquetFile>("table"), step.Output<FolderOfFiles>("encoding"));
    }

    /// <summary>Trains gradient boosted trees with XGBoost; equal inputs and parameters give equal bytes.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The step's name.</param>
    /// <param name="train">Features to learn from.</param>
    /// <param name="encoding">How they were made.</param>
    /// <param name="validation">Features to report metrics on, or null.</param>
    /// <param name="with">Further parameters of the action, such as <c>rounds</c>.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Artifact<FolderOfFiles> Train(
        this Pipeline pipeline, string name, Artifact<ParquetFile> train, Artifact<FolderOfFiles> encoding, Artifact<ParquetFile>? validation = null,
        Action<StepBuilder>? with = null, StepOptions? options = null, [CallerLineNumber] int line = 0)
    {
        var step = pipeline.Action(name, "xgboost.train", line).Input("train", train).Input("encoding", encoding);
        if (validation is not null)
        {
            step.Input("validation", validation);
        }

        with?.Invoke(step);
        return step.Options(options).Output<FolderOfFiles>("model");
    }
}

/// <summary>How to split.</summary>
public sealed record SplitOptions
{
    /// <summary>Share of test rows, above 0 and below 1.</summary>
    public Value<double> Test { get; init; } = 0.2;

    /// <summary>Another seed is another split.</summary>
    public Value<int> Seed { get; init; } = 42;

    /// <summary>Column that identifies a row; empty = its position.</summary>
    public string Id { get; init; } = "";

    /// <summary>Column whose shares both sides keep; empty = none.</summary>
    public string Stratify { get; init; } = "";
}

/// <summary>How features are made.</summary>
public sealed record FeatureOptions
{
    /// <summary>Column to learn; empty = none.</summary>
    public string Label { get; init; } = "";

    /// <summary>The label's value that becomes 1, for text labels.</summary>
    public string Positive { get; init; } = "";

    /// <summary>Column that identifies a row.</summary>
    public string Id { get; init; } = "";

    /// <summary>Columns that are no features.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Raw columns to keep beside the features, such as sensitive ones.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];
}
