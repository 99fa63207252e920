using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;

namespace Millwright.Serving.Load;

/// <summary>
/// The versions in memory. One is loaded when traffic is about to reach it or when a request names it; versions without traffic are
/// unloaded, the longest unused first, once there are more than <see cref="ServingOptions.SpareVersions"/>.
/// </summary>
public sealed class ServedModels : IServableModels, IDisposable
{
    private readonly ConcurrentDictionary<(string Model, int Version), Entry> _entries = new();
    private readonly SemaphoreSlim _materialising = new(1);
    private readonly IModelCatalog _catalog;
    private readonly IContentStore _content;
    private readonly LoadModelFolder _load;
    private readonly ITrafficSplit _split;
    private readonly ServingOptions _options;
    private readonly ILogger<ServedModels> _log;
    private long _uses;

    /// <summary>Starts to follow the traffic split.</summary>
    public ServedModels(IModelCatalog catalog, IContentStore content, LoadModelFolder load, ITrafficSplit split, ServingOptions options, ILogger<ServedModels> log)
    {
        (_catalog, _content, _load, _split, _options, _log) = (catalog, content, load, split, options, log);
        _split.Changed += OnSplitChanged;
    }

    /// <summary>Loaded versions.</summary>
    public IReadOnlyList<(string Model, int Version)> Loaded =>
        [.. _entries.Where(entry => entry.Value.Model is not null).Select(entry => entry.Key)];

    /// <inheritdoc/>
    public async Task<Result<Done>> WarmUpAsync(string model, int version, CancellationToken ct)
    {
        if (!(await GetAsync(model, version, ct)).TryGet(out var served, out var problem))
        {
            return problem;
        }

        try
        {
            return TryOneRow(served);
        }
        finally
        {
            served.Exit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _split.Changed -= OnSplitChanged;
        foreach (var key in _entries.Keys)
        {
            Unload(key);
        }
    }

    /// <summary>A loaded version with a lease taken, without waiting; null when it has to be loaded first.</summary>
    internal ServedModel? TryGet(string model, int version)
    {
        if (!_entries.TryGetValue((model, version), out var entry) || entry.Model is not { } served || !served.TryEnter())
        {
            return null;
        }

        entry.LastUse = Interlocked.Increment(ref _uses);
        return served;
    }

    /// <summary>A version with a lease taken, loaded when need be. Callers that ask at the same time share one load.</summary>
    internal async Task<Result<ServedModel>> GetAsync(string model, int version, CancellationToken ct)
    {
        while (true)
        {
            if (TryGet(model, version) is { } served)
            {
                return served;
            }

            var entry = _entries.GetOrAdd((model, version), static _ => new Entry());
            var loading = entry.Load(() => LoadAsync(model, version));
            Problem? problem;
            try
            {
                problem = (await loading.WaitAsync(ct)).Problem;
            }
            catch when (loading.IsFaulted)
            {
                _entries.TryRemove(KeyValuePair.Create((model, version), entry));
                throw;
            }

            if (problem is not null)
            {
                _entries.TryRemove(KeyValuePair.Create((model, version), entry));
                Log.NotLoaded(_log, model, version, problem.Message);
                return problem;
            }

            UnloadSpare((model, version));
        }
    }

    private static Result<Done> TryOneRow(ServedModel served)
    {
        var values = new double[served.Columns.Length];
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = served.Columns[column].Type == "string" ? -2 : 0;
        }

        var vector = new float[served.Predictor.FeatureCount];
        var scores = new float[served.OutputCount];
        served.Encoder.Encode(values, vector);
        try
        {
            served.Predictor.Predict(vector, 1, scores);
        }
        catch (Exception failure)
        {
            // A model that cannot answer a row must not get traffic, whatever its runtime throws.
            return new Problem("model.warmup", $"{served.Name}/{served.Version} cannot answer a plain row: {failure.Message}", "Train or convert the model again.");
        }

        return Array.TrueForAll(scores, float.IsFinite)
            ? Result.Ok
            : new Problem("model.warmup", $"{served.Name}/{served.Version} answers a plain row with {scores[0]}.", "Train the model again; its scores must be finite numbers.");
    }

    private async Task<Result<ServedModel>> LoadAsync(string model, int version)
    {
        if (!(await _catalog.FindAsync(model, version.ToString(CultureInfo.InvariantCulture), CancellationToken.None)).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var folder = Path.Combine(_options.StateFolder, "serving", found.Artifact.Hex);
        if ((await MaterialiseAsync(found.Artifact, folder)).Problem is { } missing)
        {
            return missing;
        }

        return (await Task.Run(() => _load.Run(folder))).Map(loaded => new ServedModel(model, version, found.Artifact, loaded));
    }

    // Versions may share an artifact; its folder appears once.
    private async Task<Result<Done>> MaterialiseAsync(ContentDigest artifact, string folder)
    {
        await _materialising.WaitAsync();
        try
        {
            return Directory.Exists(folder) ? Result.Ok : await _content.MaterialiseAsync(artifact, folder, CancellationToken.None);
        }
        finally
        {
            _materialising.Release();
        }
    }

    private void OnSplitChanged()
    {
        foreach (var target in _split.Models.SelectMany(model => _split.Targets(model)).Where(target => target.Percent > 0))
        {
            _ = LoadAheadAsync(target);
        }
    }

    // A failure here is logged by GetAsync and shown to the first request that needs the version.
    private async Task LoadAheadAsync(TrafficTarget target)
    {
        try
        {
            if ((await GetAsync(target.Model, target.Version, CancellationToken.None)).TryGet(out var served, out _))
            {
                served.Exit();
            }
        }
        catch (Exception failure)
        {
            Log.NotLoaded(_log, target.Model, target.Version, failure.Message);
        }
    }

    private void UnloadSpare((string Model, int Version) justLoaded)
    {
        var spare = _entries
            .Where(entry => entry.Key != justLoaded && entry.Value.Model is not null && !_split.Targets(entry.Key.Model).Any(target => target.Version == entry.Key.Version))
            .OrderByDescending(entry => entry.Value.LastUse)
            .Skip(_options.SpareVersions)
            .ToList();
        foreach (var (key, _) in spare)
        {
            Unload(key);
        }
    }

    private void Unload((string Model, int Version) key)
    {
        if (_entries.TryRemove(key, out var entry))
        {
            entry.Model?.Exit();
        }
    }

    private sealed class Entry
    {
        private readonly Lock _gate = new();
        private Task<Result<ServedModel>>? _loading;
        private ServedModel? _model;

        public ServedModel? Model => Volatile.Read(ref _model);

        public long LastUse { get; set; }

        public Task<Result<ServedModel>> Load(Func<Task<Result<ServedModel>>> load)
        {
            lock (_gate)
            {
                return _loading ??= KeepAsync(load);
            }
        }

        private async Task<Result<ServedModel>> KeepAsync(Func<Task<Result<ServedModel>>> load)
        {
            var result = await load();
            if (result.TryGet(out var model, out _))
            {
                Volatile.Write(ref _model, model);
            }

            return result;
        }
    }
}
