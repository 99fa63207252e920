using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Serving;

namespace Millwright.Serving.Predictions;

/// <summary>
/// The prediction log: requests queue their rows and go on; one background writer appends them to segments
/// <c>predictions/MODEL/NNNNNNNN.mwp</c>, gathering for some milliseconds. What was written survives <c>kill -9</c>; it is synced to the
/// disk every second and when a segment is closed, so a power cut loses at most the last second.
/// </summary>
public sealed class PredictionLog : IPredictionLog, IAsyncDisposable
{
    private const int BlockBytes = 256 * 1024;
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    private readonly ServingOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<PredictionLog> _log;
    private readonly string _folder;
    private readonly Channel<Entry> _queue;
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly ConcurrentDictionary<string, Lazy<ModelLog>> _models = new(StringComparer.Ordinal);
    private readonly Task _loop;
    private long _dropped;
    private long _reported;
    private long _reportedAt;
    private string? _lastFailure;

    /// <summary>Opens the log; what an earlier process left half written is cut off when a model is first used.</summary>
    public PredictionLog(ServingOptions options, TimeProvider clock, ILogger<PredictionLog> log)
    {
        (_options, _clock, _log) = (options, clock, log);
        _folder = Path.Combine(options.StateFolder, "predictions");
        _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(options.LogCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        if (Directory.Exists(_folder))
        {
            foreach (var folder in Directory.EnumerateDirectories(_folder))
            {
                ModelOf(Uri.UnescapeDataString(Path.GetFileName(folder)));
            }
        }

        _loop = Task.Run(WriteLoopAsync);
    }

    /// <summary>Rows that were answered but not logged, because the disk could not keep up or refused.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public void Append(Prediction prediction)
    {
        if (prediction.Values.Count != prediction.Columns.Count)
        {
            throw new ArgumentException($"{prediction.Columns.Count} columns need as many values, not {prediction.Values.Count}.", nameof(prediction));
        }

        if (!_queue.Writer.TryWrite(new Entry(prediction, null)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Entry(null, done), ct);
        _hurry.Release();
        await done.Task.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Prediction> ReadAsync(string model, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken ct)
    {
        await FlushAsync(ct);
        if (!_models.TryGetValue(model, out var log))
        {
            yield break;
        }

        foreach (var prediction in log.Value.Read(from.UtcTicks, to.UtcTicks))
        {
            ct.ThrowIfCancellationRequested();
            yield return prediction;
        }
    }

    /// <inheritdoc/>
    public async Task<Prediction?> FindAsync(string id, CancellationToken ct)
    {
        await FlushAsync(ct);

        // The id's time is cut to milliseconds.
        var (from, to) = PredictionIds.TimeOf(id) is { } at
            ? (at.UtcTicks, at.UtcTicks + TimeSpan.TicksPerMillisecond)
            : (long.MinValue, long.MaxValue);
        return Find(id, from, to) ?? (from == long.MinValue ? null : Find(id, long.MinValue, long.MaxValue));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A container that knows the log under two types disposes it twice.
        if (!_queue.Writer.TryComplete())
        {
            return;
        }

        _hurry.Release();
        await _loop;
        foreach (var model in _models.Values.Where(model => model.IsValueCreated))
        {
            model.Value.Dispose();
        }

        _hurry.Dispose();
    }

    private Prediction? Find(string id, long from, long to) =>
        _models.Values.Select(model => model.Value.Read(from, to, record => record.Id == id).FirstOrDefault()).FirstOrDefault(found => found is not null);

    private ModelLog ModelOf(string model) => _models.GetOrAdd(
        model, static (name, self) => new Lazy<ModelLog>(() => new ModelLog(Path.Combine(self._folder, Uri.EscapeDataString(name)), name, self._options)), this).Value;

    private async Task WriteLoopAsync()
    {
        var touched = new HashSet<ModelLog>();
        var flushes = new List<TaskCompletionSource>();
        var synced = _clock.GetTimestamp();
        while (await _queue.Reader.WaitToReadAsync())
        {
            // Gathering: many rows per write. A flush, or the end, does not wait.
            await _hurry.WaitAsync(_options.LogLinger);
            while (_queue.Reader.TryRead(out var entry))
            {
                if (entry.Flush is { } flush)
                {
                    flushes.Add(flush);
                    continue;
                }

                var model = ModelOf(entry.Prediction!.Model);
                model.Gather(entry.Prediction);
                touched.Add(model);
                if (model.GatheredBytes >= BlockBytes)
                {
                    Write(model);
                }
            }

            foreach (var model in touched)
            {
                Write(model);
            }

            touched.Clear();
            ReportLosses();
            flushes.ForEach(flush => flush.TrySetResult());
            flushes.Clear();
            if (_clock.GetElapsedTime(synced) >= SyncEvery)
            {
                SyncAll();
                synced = _clock.GetTimestamp();
            }
        }
    }

    private void Write(ModelLog model)
    {
        if (model.Write(_clock.GetUtcNow(), out var failure) is > 0 and var lost)
        {
            Interlocked.Add(ref _dropped, lost);
            _lastFailure = failure!.Message;
        }
    }

    // At once when losing begins, then now and then: a full disk must not fill the server's log as well.
    private void ReportLosses()
    {
        var dropped = Dropped;
        if (dropped > _reported && (_reportedAt == 0 || _clock.GetElapsedTime(_reportedAt) >= ReportEvery))
        {
            Log.PredictionsLost(_log, dropped - _reported, _lastFailure ?? "they came faster than the disk takes them");
            (_reported, _reportedAt, _lastFailure) = (dropped, _clock.GetTimestamp(), null);
        }
    }

    private void SyncAll()
    {
        foreach (var model in _models.Values.Where(model => model.IsValueCreated))
        {
            try
            {
                model.Value.Sync();
            }
            catch (IOException failure)
            {
                Log.PredictionsNotSynced(_log, model.Value.Model, failure);
            }
        }
    }

    private readonly record struct Entry(Prediction? Prediction, TaskCompletionSource? Flush);
}
