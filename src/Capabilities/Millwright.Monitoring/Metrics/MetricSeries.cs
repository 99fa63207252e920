using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Millwright.Monitoring.Metrics;

/// <summary>What an instrument's measurements add up to.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts per bucket.</summary>
    Histogram,
}

/// <summary>An instrument with its series, one per set of tags. Recording takes no lock.</summary>
internal sealed class MetricFamily(Instrument instrument, MetricKind kind, double[] bounds)
{
    // A tag with endless values must not fill the memory; what is beyond goes into one series.
    private const int MostSeries = 2_000;

    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", "true")];

    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _series = new(TagComparer.Instance);

    public Instrument Instrument => instrument;

    public MetricKind Kind => kind;

    public double[] Bounds => bounds;

    public IEnumerable<KeyValuePair<KeyValuePair<string, object?>[], MetricSeries>> Series => _series;

    /// <summary>Whether a value replaces the one before it (observed) instead of adding to it.</summary>
    public bool IsObserved => instrument.IsObservable;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Find(tags).Record(value, this);

    /// <summary>Forgets observed series, so that one which is not observed any more is not shown for ever.</summary>
    public void Forget()
    {
        if (IsObserved)
        {
            _series.Clear();
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>().TryGetValue(tags, out var known))
        {
            return known;
        }

        var key = _series.Count < MostSeries ? tags.ToArray() : Overflow;
        return _series.GetOrAdd(key, static (_, count) => new MetricSeries(count), bounds.Length + 1);
    }
}

/// <summary>One series.</summary>
internal sealed class MetricSeries(int buckets)
{
    private readonly long[] _buckets = new long[buckets];
    private long _bits;

    /// <summary>The counter's or gauge's value, or a histogram's sum.</summary>
    public double Value => BitConverter.Int64BitsToDouble(Interlocked.Read(ref _bits));

    /// <summary>Measurements per bucket, the last one open.</summary>
    public long[] Buckets => [.. _buckets.Select((_, index) => Interlocked.Read(ref _buckets[index]))];

    public void Record(double value, MetricFamily family)
    {
        if (family.Kind is MetricKind.Gauge && family.Instrument is not UpDownCounter<int> and not UpDownCounter<long> and not UpDownCounter<double> || family.IsObserved)
        {
            Interlocked.Exchange(ref _bits, BitConverter.DoubleToInt64Bits(value));
            return;
        }

        long before;
        do
        {
            before = Interlocked.Read(ref _bits);
        }
        while (Interlocked.CompareExchange(ref _bits, BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(before) + value), before) != before);
        if (family.Kind is MetricKind.Histogram)
        {
            var at = Array.BinarySearch(family.Bounds, value);
            Interlocked.Increment(ref _buckets[at < 0 ? ~at : at]);
        }
    }
}

/// <summary>Compares sets of tags, also without copying them.</summary>
internal sealed class TagComparer :
    IEqualityComparer<KeyValuePair<string, object?>[]>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    public static TagComparer Instance { get; } = new();

    public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) => x is not null && y is not null && Equals(x.AsSpan(), y);

    public int GetHashCode(KeyValuePair<string, object?>[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other)
    {
        if (alternate.Length != other.Length)
        {
            return false;
        }

        for (var index = 0; index < other.Length; index++)
        {
            if (alternate[index].Key != other[index].Key || !Equals(alternate[index].Value, other[index].Value))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = new HashCode();
        foreach (var (key, value) in alternate)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => alternate.ToArray();
}
