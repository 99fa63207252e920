using System.Collections.Concurrent;
using Millwright.Abstractions.Serving;

namespace Millwright.Serving.Statistics;

/// <summary>Lock-free counts per deployment and version, since the deployment's current step began.</summary>
public sealed class ServingStatistics : IServingStatistics
{
    private readonly ConcurrentDictionary<(string Deployment, int Version), Cell> _cells = new();

    /// <inheritdoc/>
    public ServingCounts Read(string deployment, int version) =>
        _cells.TryGetValue((deployment, version), out var cell) ? cell.Read() : new ServingCounts(0, 0, double.NaN, double.NaN, double.NaN);

    /// <inheritdoc/>
    public void Reset(string deployment, int version) => _cells[(deployment, version)] = new Cell();

    /// <summary>Counts a request that was answered with scores.</summary>
    internal void Answered(string deployment, int version, TimeSpan duration, int rows, double scoreSum) =>
        CellOf(deployment, version).Record(duration, isError: false, rows, scoreSum);

    /// <summary>Counts a request that ended in a server error.</summary>
    internal void Failed(string deployment, int version, TimeSpan duration) => CellOf(deployment, version).Record(duration, isError: true, 0, 0);

    private Cell CellOf(string deployment, int version) => _cells.GetOrAdd((deployment, version), static _ => new Cell());

    private sealed class Cell
    {
        private readonly LatencyHistogram _latency = new();
        private long _requests;
        private long _errors;
        private long _rows;
        private double _scoreSum;

        public void Record(TimeSpan duration, bool isError, int rows, double scoreSum)
        {
            _latency.Record((long)duration.TotalMicroseconds);
            if (isError)
            {
                Interlocked.Increment(ref _errors);
            }

            Interlocked.Add(ref _rows, rows);
            Add(ref _scoreSum, scoreSum);
            Interlocked.Increment(ref _requests);
        }

        public ServingCounts Read()
        {
            var rows = Interlocked.Read(ref _rows);
            return new ServingCounts(
                Interlocked.Read(ref _requests), Interlocked.Read(ref _errors), _latency.Quantile(0.5) / 1000, _latency.Quantile(0.99) / 1000,
                rows == 0 ? double.NaN : Volatile.Read(ref _scoreSum) / rows);
        }

        private static void Add(ref double sum, double value)
        {
            var seen = Volatile.Read(ref sum);
            while (true)
            {
                var before = Interlocked.CompareExchange(ref sum, seen + value, seen);
                if (before.Equals(seen))
                {
                    return;
                }

                seen = before;
            }
        }
    }
}
