using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.DuckDb;
using Millwright.Features;
using Millwright.LocalFiles;
using Millwright.Serving.Infer;
using Millwright.Testing;
using Millwright.XGBoost;

namespace Millwright.Serving.Tests;

/// <summary>Serving over real files, with versions of a small model: <c>age</c> (long), <c>income</c> (may be missing), <c>plan</c> (text), <c>is_new</c> (boolean).</summary>
internal sealed class Shop : IAsyncDisposable, IModelCatalog, ITrafficSplit
{
    public const string Encoding = """
        {"format": "millwright.encoding/1", "columns": [
          {"name": "age", "type": "long", "required": true, "missing": "nan"},
          {"name": "income", "type": "double", "required": false, "missing": "zero"},
          {"name": "plan", "type": "string", "required": true, "categories": ["basic", "größer", "pro"]},
          {"name": "is_new", "type": "boolean", "required": false, "missing": "zero"}],
         "label": {"name": "left", "classes": ["stays", "leaves"]}, "row_id": "id", "keep": ["plan"]}
        """;

    private readonly ConcurrentDictionary<(string, int), ContentDigest> _versions = new();
    private readonly ServiceProvider _services;
    private bool _isDisposed;

    public Shop(Func<ServingOptions, ServingOptions>? options = null, TimeProvider? clock = null)
    {
        var told = new ServingOptions(Folder.Path) { LogLinger = TimeSpan.FromMilliseconds(1) };
        _services = new ServiceCollection()
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddLocalFiles(Folder.Path).AddDuckDb(new DuckDbOptions { MemoryLimitMiB = 512 }).AddFeatures().AddXGBoost()
            .AddServing(options?.Invoke(told) ?? told)
            .AddSingleton<IModelFormat, LinearFormat>()
            .AddSingleton<IModelCatalog>(_ => this).AddSingleton<ITrafficSplit>(_ => this)
            .BuildServiceProvider();
    }

    public event Action? Changed;

    public ScratchFolder Folder { get; } = new();

    public List<TrafficTarget> Split { get; } = [];

    public int Downloads { get; private set; }

    public IReadOnlyList<string> Models => [.. Split.Select(target => target.Model).Distinct()];

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public IEnumerable<T> GetAll<T>() => _services.GetServices<T>();

    /// <summary>Registers a version whose files are given; returns its number.</summary>
    public async Task<int> RegisterAsync(IReadOnlyDictionary<string, string> files, string model = "churn")
    {
        var version = _versions.Keys.Count(key => key.Item1 == model) + 1;
        var folder = Directory.CreateDirectory(Folder[$"register-{model}-{version}"]).FullName;
        foreach (var (name, content) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), content);
        }

        _versions[(model, version)] = await Get<IContentStore>().PutAsync(folder, default);
        return version;
    }

    /// <summary>Registers and deploys a linear model: <c>score = sigmoid(bias + Σ weight × feature)</c> over age, income, three plans, is_new.</summary>
    public async Task<int> DeployAsync(string weights = "0 0.1 0 1 2 3 0.5", string deployment = "d1", double percent = 100)
    {
        var version = await RegisterAsync(new Dictionary<string, string>
        {
            [LinearFormat.FileName] = weights, [ModelFiles.Encoding] = Encoding,
            [ModelFiles.Signature] = """{"inputs": [], "outputs": [], "classes": ["stays", "leaves"], "threshold": 0.5}""",
        });
        Deploy(version, deployment, percent);
        return version;
    }

    public void Deploy(int version, string deployment = "d1", double percent = 100)
    {
        Split.Add(new TrafficTarget("churn", version, deployment, percent));
        Changed?.Invoke();
    }

    public async Task<(InferOutcome Outcome, JsonElement Json)> AskAsync(string body, InferProtocol protocol = InferProtocol.OpenInference, string? model = "churn", int? version = null)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var outcome = await Get<InferRows>().RunAsync(new InferRequest(protocol, model, System.Text.Encoding.UTF8.GetBytes(body)) { Version = version }, output, default);
        return (outcome, output.WrittenCount == 0 ? default : JsonDocument.Parse(output.WrittenMemory).RootElement);
    }

    /// <summary>One row in the Open Inference Protocol.</summary>
    public static string Row(string age = "30", string income = "2.5", string plan = "\"pro\"", string isNew = "true", string before = "") => $$"""
        {{{before}}"inputs": [
          {"name": "age", "shape": [1], "datatype": "INT64", "data": [{{age}}]},
          {"name": "income", "shape": [1, 1], "datatype": "FP64", "data": [{{income}}]},
          {"name": "plan", "shape": [1], "datatype": "BYTES", "data": [{{plan}}]},
          {"name": "is_new", "shape": [1], "datatype": "BOOL", "data": [{{isNew}}]}]}
        """;

    public Task<Result<CatalogModel>> FindAsync(string name, string? version, CancellationToken ct)
    {
        Downloads++;
        return Task.FromResult(version is not null && _versions.TryGetValue((name, int.Parse(version, CultureInfo.InvariantCulture)), out var digest)
            ? new CatalogModel(name, int.Parse(version, CultureInfo.InvariantCulture), digest, "none", null, new Actor("ann"))
            : (Result<CatalogModel>)new Problem("model.unknown", $"There is no {name}/{version}.", "Register it.", ProblemKind.NotFound));
    }

    public Task<Result<CatalogModel>> RegisterAsync(NewModelVersion version, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<CatalogModel>> PromoteAsync(string name, int version, string stage, Actor actor, string reason, CancellationToken ct) => throw new NotSupportedException();

    public TrafficTarget? Route(string model, ReadOnlySpan<char> key)
    {
        var place = string.GetHashCode(key, StringComparison.Ordinal) % 100;
        var targets = Targets(model);
        return targets.Count == 0 ? null : targets.FirstOrDefault(target => (place -= (int)target.Percent) < 0) ?? targets[0];
    }

    public IReadOnlyList<TrafficTarget> Targets(string model) => [.. Split.Where(target => target.Model == model)];

    public async ValueTask DisposeAsync()
    {
        // The container, which knows the shop as catalog and split, disposes it too.
        if (!_isDisposed)
        {
            _isDisposed = true;
            await _services.DisposeAsync();
            Folder.Dispose();
        }
    }

    /// <summary>Weights in a text file, bias first; <c>nan</c> answers NaN and <c>throw</c> throws.</summary>
    internal sealed class LinearFormat : IModelFormat
    {
        public const string FileName = "linear.txt";

        public static int Open { get; private set; }

        public string Name => "linear";

        public string File => FileName;

        public Result<IPredictor> Load(string path)
        {
            Open++;
            return new Linear(System.IO.File.ReadAllText(path));
        }

        private sealed class Linear(string text) : IPredictor
        {
            private readonly float[] _weights = text is "nan" or "throw" ? new float[7] : [.. text.Split(' ').Select(weight => float.Parse(weight, CultureInfo.InvariantCulture))];
            private bool _isDisposed;

            public int FeatureCount => _weights.Length - 1;

            public int OutputCount => 1;

            public void Predict(ReadOnlySpan<float> features, int rows, Span<float> scores)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                if (text == "throw" && features[0] > 0)
                {
                    throw new InvalidOperationException("the model is broken");
                }

                for (var row = 0; row < rows; row++)
                {
                    var sum = _weights[0];
                    for (var feature = 0; feature < FeatureCount; feature++)
                    {
                        sum += _weights[feature + 1] * features[(row * FeatureCount) + feature];
                    }

                    scores[row] = text == "nan" && features[0] > 0 ? float.NaN : 1 / (1 + MathF.Exp(-sum));
                }
            }

            public void Dispose() => _isDisposed = true;
        }
    }
}
