using System.Numerics;

namespace Millwright.Serving.Statistics;

/// <summary>
/// Counts of durations in log-linear buckets: 16 per power of two of microseconds, so that a quantile is off by at most 1/16 (6.25 %).
/// Lock-free.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBuckets = 16;
    private const int SubBits = 4;
    private const int Powers = 32;

    private readonly long[] _counts = new long[SubBuckets * (Powers + 1)];

    public void Record(long microseconds) => Interlocked.Increment(ref _counts[IndexOf(microseconds)]);

    /// <summary>The upper end of the bucket that holds the quantile, in microseconds; NaN when nothing was recorded.</summary>
    public double Quantile(double share)
    {
        var total = 0L;
        foreach (ref var count in _counts.AsSpan())
        {
            total += Volatile.Read(ref count);
        }

        if (total == 0)
        {
            return double.NaN;
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(share * total));
        var index = 0;
        for (var seen = 0L; index < _counts.Length; index++)
        {
            seen += Volatile.Read(ref _counts[index]);
            if (seen >= wanted)
            {
                break;
            }
        }

        return UpperEnd(Math.Min(index, _counts.Length - 1));
    }

    // Below 16 µs a bucket per microsecond; from there the four bits after the leading one choose the bucket.
    private static int IndexOf(long microseconds)
    {
        var value = (ulong)Math.Max(0, microseconds);
        if (value < SubBuckets)
        {
            return (int)value;
        }

        var power = BitOperations.Log2(value);
        var sub = (int)(value >> (power - SubBits)) & (SubBuckets - 1);
        return Math.Min(((power - SubBits + 1) * SubBuckets) + sub, (SubBuckets * (Powers + 1)) - 1);
    }

    private static double UpperEnd(int index) => index < SubBuckets
        ? index + 1
        : (double)((ulong)(SubBuckets + (index % SubBuckets) + 1) << ((index / SubBuckets) - 1));
}
