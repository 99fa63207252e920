using System.Runtime.CompilerServices;
using Millwright.Abstractions.Serving;
using Millwright.Monitoring.Drift;
using Millwright.Monitoring.Profile;

namespace Millwright.Monitoring.Scan;

/// <summary>
/// Cuts a version's predictions into windows: by count, or by time when traffic is thin. Those younger than <paramref name="settled"/> wait:
/// an older one may still be on its way into the log.
/// </summary>
internal sealed class WindowReader(IPredictionLog log, CompareColumns compare, MonitoringOptions options, DateTimeOffset settled)
{
    /// <summary>Where the next reading has to begin, once this one came to its end: nothing of the version that is not judged lies before it.</summary>
    public DateTimeOffset Rest { get; private set; }

    /// <summary>Every complete window after the cursor. What is left over is read again next time, so that nothing is kept in memory.</summary>
    /// <param name="model">Registered model.</param>
    /// <param name="version">Model version.</param>
    /// <param name="cursor">The last judged prediction.</param>
    /// <param name="rest">What an earlier reading said, or the beginning of time.</param>
    /// <param name="reference">Profile that the windows are held against.</param>
    /// <param name="ct">Cancels.</param>
    public async IAsyncEnumerable<DriftWindow> ReadAsync(
        string model, int version, WindowCursor cursor, DateTimeOffset rest, Reference reference, [EnumeratorCancellation] CancellationToken ct)
    {
        var open = new OpenWindow(cursor, reference);
        await foreach (var prediction in log.ReadAsync(model, rest > cursor.To ? rest : cursor.To, settled + TimeSpan.FromTicks(1), ct))
        {
            if (prediction.Version != version || !IsAfter(prediction, cursor))
            {
                continue;
            }

            // A pause ends a window that is large enough, so that traffic from before and after it is not mixed.
            if (open.Count >= options.MinimumPredictions && prediction.At - open.From >= options.WindowSpan)
            {
                yield return open.Close(model, version, compare, options);
                cursor = open.End;
                open = new OpenWindow(cursor, reference);
            }

            open.Add(prediction);
            if (open.Count >= options.Window)
            {
                yield return open.Close(model, version, compare, options);
                cursor = open.End;
                open = new OpenWindow(cursor, reference);
            }
        }

        if (open.Count >= options.MinimumPredictions && settled - open.From >= options.WindowSpan)
        {
            yield return open.Close(model, version, compare, options);
            open = new OpenWindow(open.End, reference);
        }

        Rest = open.Count > 0 ? open.From : settled;
    }

    private static bool IsAfter(Prediction prediction, WindowCursor cursor) =>
        prediction.At > cursor.To || prediction.At == cursor.To && string.CompareOrdinal(prediction.Id, cursor.LastId) > 0;

    private sealed class OpenWindow(WindowCursor before, Reference reference)
    {
        private readonly (string Name, TallyCounter Counter)[] _columns = [.. reference.Profile.Columns.Select(column => (column.Name, new TallyCounter(column)))];
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private IReadOnlyList<string>? _layout;
        private int[] _places = [];
        private readonly int _number = before.Number + 1;
        private string _deployment = "";

        public int Count { get; private set; }

        public DateTimeOffset From { get; private set; }

        /// <summary>After the last prediction added.</summary>
        public WindowCursor End { get; private set; } = WindowCursor.Start;

        public void Add(Prediction prediction)
        {
            Arrange(prediction.Columns);
            for (var column = 0; column < _columns.Length; column++)
            {
                if (_places[column] >= 0)
                {
                    _columns[column].Counter.Add(prediction.Values[_places[column]]);
                }
            }

            From = Count++ == 0 ? prediction.At : From;
            End = new WindowCursor(_number, prediction.At, prediction.Id);
            _deployment = prediction.Deployment;
        }

        public DriftWindow Close(string model, int version, CompareColumns compare, MonitoringOptions options) => new(
            model, version, _deployment, End.Number, From, End.To, End.LastId, Count, reference.Artifact,
            [
                .. reference.Profile.Columns.Select((column, index) => (column, index))
                    .Where(pair => _seen.Contains(pair.column.Name))
                    .Select(pair => compare.Run(pair.column, _columns[pair.index].Counter.Build(), options.ToLimits())),
            ]);

        // Rows of one version share their list of columns, so that names are looked up once.
        private void Arrange(IReadOnlyList<string> layout)
        {
            if (ReferenceEquals(layout, _layout))
            {
                return;
            }

            _layout = layout;
            _places = [.. _columns.Select(column => IndexOf(layout, column.Name))];
            _seen.UnionWith(layout);
        }

        private static int IndexOf(IReadOnlyList<string> layout, string name)
        {
            for (var index = 0; index < layout.Count; index++)
            {
                if (layout[index] == name)
                {
                    return index;
                }
            }

            return -1;
        }
    }
}
