using MathNet.Numerics;

namespace Millwright.Statistics.Distributions;

/// <summary>The distribution of the two-sided one-sample Kolmogorov-Smirnov statistic for a finite sample.</summary>
/// <remarks>
/// The methods and where each is used follow Simard and L'Ecuyer, "Computing the two-sided Kolmogorov-Smirnov distribution" (2011):
/// the matrix of Marsaglia, Tsang and Wang near the centre, twice the one-sided tail far out, and the expansion of Pelz and Good for
/// large samples in between.
/// </remarks>
public static class Kolmogorov
{
    /// <summary>P(D_n &gt; d) for <paramref name="n"/> ≥ 1 observations.</summary>
    public static double Survival(double d, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var spread = n * d * d;
        return (d, n) switch
        {
            _ when double.IsNaN(d) => double.NaN,
            (<= 0, _) => 1,
            (>= 1, _) => 0,
            _ when n * d <= 0.5 => 1,
            _ when d >= 0.5 || spread > (n <= 140 ? 4 : 2.2) => Math.Min(1, 2 * OneSidedSurvival(d, n)),
            _ when n <= 140 || (n <= 100_000 && n * Math.Pow(d, 1.5) <= 1.4) => 1 - MatrixCdf(d, n),
            _ => 1 - ExpansionCdf(d, n),
        };
    }

    /// <summary>P(D⁺_n &gt; d): the sum of Birnbaum and Tingey (1951), all of whose terms are positive.</summary>
    public static double OneSidedSurvival(double d, int n)
    {
        if (d >= 1)
        {
            return 0;
        }

        var sum = 0.0;
        var last = (int)Math.Floor(n * (1 - d));
        for (var j = 0; j <= last; j++)
        {
            var share = d + (double)j / n;
            var rest = 1 - share;
            if (rest > 0)
            {
                sum += Math.Exp(SpecialFunctions.BinomialLn(n, j) + (j - 1) * Math.Log(share) + (n - j) * Math.Log(rest));
            }
            else if (j == n)
            {
                sum += Math.Pow(share, j - 1);
            }
        }

        return Math.Min(1, d * sum);
    }

    // Marsaglia, Tsang and Wang (2003): n!/n^n times an element of the n-th power of a matrix of 2k - 1 rows, k = ceil(n d).
    private static double MatrixCdf(double d, int n)
    {
        var k = (int)Math.Floor(n * d) + 1;
        var size = 2 * k - 1;
        var overshoot = k - n * d;
        var matrix = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size && column <= row + 1; column++)
            {
                matrix[row * size + column] = 1;
            }
        }

        for (var index = 0; index < size; index++)
        {
            matrix[index * size] -= Math.Pow(overshoot, index + 1);
            matrix[(size - 1) * size + index] -= Math.Pow(overshoot, size - index);
        }

        matrix[(size - 1) * size] += 2 * overshoot - 1 > 0 ? Math.Pow(2 * overshoot - 1, size) : 0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size && column <= row; column++)
            {
                matrix[row * size + column] /= SpecialFunctions.Factorial(row - column + 1);
            }
        }

        var (power, exponent) = Power(matrix, size, n);
        var value = power[(k - 1) * size + k - 1];
        for (var i = 1; i <= n; i++)
        {
            value *= (double)i / n;
            if (value < 1e-140)
            {
                value *= 1e140;
                exponent -= 140;
            }
        }

        return value * Math.Pow(10, exponent);
    }

    private static (double[] Matrix, int Exponent) Power(double[] matrix, int size, int n)
    {
        if (n == 1)
        {
            return (matrix, 0);
        }

        var (half, exponent) = Power(matrix, size, n / 2);
        var result = Multiply(half, half, size);
        exponent *= 2;
        if (n % 2 == 1)
        {
            result = Multiply(matrix, result, size);
        }

        if (result[size / 2 * size + size / 2] > 1e140)
        {
            for (var i = 0; i < result.Length; i++)
            {
                result[i] *= 1e-140;
            }

            exponent += 140;
        }

        return (result, exponent);
    }

    private static double[] Multiply(double[] left, double[] right, int size)
    {
        var result = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            var target = result.AsSpan(row * size, size);
            for (var inner = 0; inner < size; inner++)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(right.AsSpan(inner * size, size), left[row * size + inner], target, target);
            }
        }

        return result;
    }

    // Pelz and Good (1976): K0(z) + K1(z)/√n + K2(z)/n + K3(z)/n^1.5 with z = d √n, in the form that converges fast for small z.
    private static double ExpansionCdf(double d, int n)
    {
        var z = d * Math.Sqrt(n);
        double z2 = z * z, z4 = z2 * z2, z6 = z4 * z2, z8 = z4 * z4;
        double k0 = 0, k1 = 0, k2 = 0, k3 = 0, k2Whole = 0, k3Whole = 0;
        for (var k = (int)Math.Ceiling(16 * z / Math.PI); k >= 1; k--)
        {
            var m = Math.PI * Math.PI * (k - 0.5) * (k - 0.5);
            var weight = Math.Exp(-m / (2 * z2));
            k0 += weight;
            k1 += weight * (m - z2);
            k2 += weight * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * m + (1 - 2 * z2) * m * m);
            k3 += weight * (-30 * z6 - 90 * z8 + (135 * z4 - 96 * z6) * m + (212 * z4 - 60 * z2) * m * m + (5 - 30 * z2) * m * m * m);
            var whole = Math.PI * Math.PI * k * k;
            var wholeWeight = Math.Exp(-whole / (2 * z2));
            k2Whole += wholeWeight * whole;
            k3Whole += wholeWeight * whole * (3 * z2 - whole);
        }

        var root = Math.Sqrt(2 * Math.PI);
        var cdf = root * (k0 / z
            + k1 / (6 * z4) / Math.Sqrt(n)
            + (k2 / (72 * z6 * z) - k2Whole / (36 * z2 * z)) / n
            + (k3 / (6480 * z8 * z2) + k3Whole / (216 * z6)) / (n * Math.Sqrt(n)));
        return Math.Clamp(cdf, 0, 1);
    }
}
