using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.DuckDb;
using Millwright.Testing;
using Millwright.XGBoost;

namespace Millwright.Assurance.Tests;

/// <summary>The room with a real table engine and a real explainer, and a folder with prediction files.</summary>
public sealed class AssuranceHouse : IDisposable
{
    private readonly ServiceProvider _services;

    public AssuranceHouse() => _services = new ServiceCollection()
        .AddDuckDb(new DuckDbOptions { MemoryLimitMiB = 256 })
        .AddXGBoost()
        .AddAssurance()
        .AddSingleton<IFeatureEncodings>(new NumberedFeatures(8))
        .BuildServiceProvider();

    public ScratchFolder Folder { get; } = new();

    /// <summary>Runs an action by name.</summary>
    public async Task<StepRun> RunAsync(string action, Dictionary<string, string> inputs, string parameters = "{}", CancellationToken ct = default)
    {
        var step = _services.GetServices<IStepAction>().Single(candidate => candidate.Name == action);
        return await StepRun.RunAsync(step, Directory.CreateDirectory(Folder[$"out-{Guid.NewGuid():n}"]).FullName, inputs, parameters, ct: ct);
    }

    /// <summary>Writes predictions whose scores rank positives above negatives the better, the larger <paramref name="skill"/> is.</summary>
    public string Predictions(string name, int rows, double skill, int seed = 1, Func<int, string>? line = null)
    {
        var random = new Random(seed);
        var labels = new Random(99);
        var text = Enumerable.Range(0, rows).Select(row =>
        {
            var label = labels.Next(3) == 0;
            var score = 1 / (1 + Math.Exp(-((label ? skill : -skill) + 2 * (random.NextDouble() - 0.5) * 2)));
            var group = row % 2 == 0 ? "F" : "M";
            return line?.Invoke(row) ?? string.Create(CultureInfo.InvariantCulture, $"{row},{(label ? 1 : 0)},{score:0.######},{group},{(label ? "Yes" : "No")}");
        });
        File.WriteAllLines(Folder[name], text.Prepend("id,label,score,gender,outcome"));
        return Folder[name];
    }

    public void Dispose()
    {
        _services.Dispose();
        Folder.Dispose();
    }

    // An encoding whose features are the columns f0, f1, … themselves.
    private sealed class NumberedFeatures(int count) : IFeatureEncodings, IRowEncoder
    {
        public IReadOnlyList<SignatureColumn> Columns { get; } = [.. Enumerable.Range(0, count).Select(index => new SignatureColumn($"f{index}", "double"))];

        public IReadOnlyList<string> Features => [.. Columns.Select(column => column.Name)];

        public TableRoles Roles => TableRoles.None;

        public Result<IRowEncoder> Load(string modelFolder) => this;

        public void Encode(ReadOnlySpan<double> values, Span<float> vector)
        {
            for (var index = 0; index < vector.Length; index++)
            {
                vector[index] = (float)values[index];
            }
        }

        public int CodeOf(int column, ReadOnlySpan<char> category) => -1;

        public string? CategoryOf(int column, int code) => null;
    }
}
