using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Millwright.Sdk;

/// <summary>
/// A pipeline written in C#: typed steps wired by typed handles. The program is compiled once per content of its file and asked for its
/// graph once, so the graph depends on the source alone; what shall vary is a <see cref="Parameter{T}"/>.
/// </summary>
public sealed class Pipeline
{
    private readonly JsonObject _json;
    private readonly JsonObject _parameters = [];
    private readonly JsonArray _triggers = [];
    private readonly JsonArray _steps = [];
    private readonly Dictionary<string, Func<StepContextFile, StepScope, Task>> _code = new(StringComparer.Ordinal);

    private Pipeline(string name) => _json = new JsonObject { ["name"] = name };

    /// <summary>A new pipeline; letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static Pipeline Named(string name) => new(name);

    /// <summary>A parameter with its default value.</summary>
    public Parameter<T> Parameter<T>(string name, T standard, string? help = null)
    {
        var json = new JsonObject { ["default"] = SdkJson.Write(standard) };
        if (help is not null)
        {
            json["help"] = help;
        }

        _parameters[name] = json;
        return new Parameter<T>(name);
    }

    /// <summary>A tracked CSV data set; its version goes into the lineage of every run.</summary>
    /// <param name="path">Relative to the project.</param>
    public Artifact<TableFile> Data(string path) => Data<TableFile>(path);

    /// <summary>A tracked data set of another kind.</summary>
    public Artifact<T> Data<T>(string path)
        where T : IArtifact<T> => new(new JsonObject { ["data"] = path });

    /// <summary>A file or folder of the project.</summary>
    public Artifact<T> File<T>(string path)
        where T : IArtifact<T> => new(new JsonObject { ["file"] = path });

    /// <summary>Starts it on a schedule.</summary>
    /// <param name="cron">Five fields, six with seconds last, or an alias such as <c>@daily</c>.</param>
    /// <param name="timeZone">IANA name.</param>
    public Pipeline OnSchedule(string cron, string timeZone = "UTC")
    {
        _triggers.Add(new JsonObject { ["cron"] = cron, ["timezone"] = timeZone });
        return this;
    }

    /// <summary>Starts it on an event of the ledger, such as <c>drift.detected</c>.</summary>
    public Pipeline OnEvent(string kind, string? subject = null)
    {
        var trigger = new JsonObject { ["event"] = kind };
        if (subject is not null)
        {
            trigger["subject"] = subject;
        }

        _triggers.Add(trigger);
        return this;
    }

    /// <summary>A step in C# with one input.</summary>
    public Artifact<TOut> Step<TIn, TOut>(
        string name, Input<TIn> input, Action<TIn, TOut, StepScope> run, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where TOut : IArtifact<TOut> => StepAsync<TIn, TOut>(name, input, Sync<TIn, TOut>(run), options, line);

    /// <summary>A step in C# with two inputs.</summary>
    public Artifact<TOut> Step<T1, T2, TOut>(
        string name, Input<T1> first, Input<T2> second, Action<T1, T2, TOut, StepScope> run, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where TOut : IArtifact<TOut>
    {
        var json = Add<TOut>(name, options, line);
        Wire(json, "in1", first);
        Wire(json, "in2", second);
        _code[name] = (context, scope) =>
        {
            run(first.Open(context, "in1"), second.Open(context, "in2"), TOut.At(context.Outputs["out"]), scope);
            return Task.CompletedTask;
        };
        return Out<TOut>(name, "out");
    }

    /// <summary>A step in C# with three inputs.</summary>
    public Artifact<TOut> Step<T1, T2, T3, TOut>(
        string name, Input<T1> first, Input<T2> second, Input<T3> third, Action<T1, T2, T3, TOut, StepScope> run, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where TOut : IArtifact<TOut>
    {
        var json = Add<TOut>(name, options, line);
        Wire(json, "in1", first);
        Wire(json, "in2", second);
        Wire(json, "in3", third);
        _code[name] = (context, scope) =>
        {
            run(first.Open(context, "in1"), second.Open(context, "in2"), third.Open(context, "in3"), TOut.At(context.Outputs["out"]), scope);
            return Task.CompletedTask;
        };
        return Out<TOut>(name, "out");
    }

    /// <summary>An asynchronous step in C# with one input.</summary>
    public Artifact<TOut> StepAsync<TIn, TOut>(
        string name, Input<TIn> input, Func<TIn, TOut, StepScope, Task> run, StepOptions? options = null, [CallerLineNumber] int line = 0)
        where TOut : IArtifact<TOut>
    {
        var json = Add<TOut>(name, options, line);
        Wire(json, "in1", input);
        _code[name] = (context, scope) => run(input.Open(context, "in1"), TOut.At(context.Outputs["out"]), scope);
        return Out<TOut>(name, "out");
    }

    /// <summary>A step that is a named action, such as <c>xgboost.train</c>; the typed methods of <see cref="Actions"/> cover the common ones.</summary>
    public StepBuilder Action(string name, string action, [CallerLineNumber] int line = 0) =>
        new(AddStep(new JsonObject { ["name"] = name, ["uses"] = action, ["line"] = line }));

    /// <summary>A step that is a line for the shell, with <c>${inputs.NAME}</c>, <c>${outputs.NAME}</c> and <c>${params.NAME}</c>.</summary>
    public StepBuilder Shell(string name, string script, [CallerLineNumber] int line = 0) =>
        new(AddStep(new JsonObject { ["name"] = name, ["run"] = script, ["line"] = line }));

    /// <summary>Answers the host: <c>plan [BUILD [FILE]]</c> writes the graph, <c>step NAME CONTEXT</c> runs one step's code.</summary>
    /// <returns>The process's exit code.</returns>
    public Task<int> RunAsync(string[] args) => PipelineProgram.RunAsync(args, Plan, _code);

    private static Func<TIn, TOut, StepScope, Task> Sync<TIn, TOut>(Action<TIn, TOut, StepScope> run) => (input, output, scope) =>
    {
        run(input, output, scope);
        return Task.CompletedTask;
    };

    private static void Wire<T>(JsonObject step, string name, Input<T> input)
    {
        var (key, value) = input.Source is { } source ? ("inputs", source.DeepClone()) : ("with", (JsonNode)input.Reference!);
        if (step[key] is not JsonObject map)
        {
            step[key] = map = [];
        }

        map[name] = value;
    }

    private static Artifact<T> Out<T>(string step, string output)
        where T : IArtifact<T> => new(new JsonObject { ["step"] = step, ["output"] = output });

    private JsonObject Add<TOut>(string name, StepOptions? options, int line)
        where TOut : IArtifact<TOut>
    {
        var json = new JsonObject
        {
            ["name"] = name,
            ["code"] = new JsonObject { ["entry"] = name },
            ["outputs"] = new JsonObject { ["out"] = "out" + TOut.Extension },
            ["line"] = line,
        };
        StepBuilder.Apply(json, options);
        return AddStep(json);
    }

    private JsonObject AddStep(JsonObject json)
    {
        _steps.Add(json);
        return json;
    }

    private JsonObject Plan(string build)
    {
        var plan = (JsonObject)_json.DeepClone();
        plan["params"] = _parameters.DeepClone();
        plan["on"] = _triggers.DeepClone();
        plan["steps"] = _steps.DeepClone();
        foreach (var code in plan["steps"]!.AsArray().Select(step => step!["code"]).OfType<JsonObject>())
        {
            code["build"] = build;
        }

        return plan;
    }
}
