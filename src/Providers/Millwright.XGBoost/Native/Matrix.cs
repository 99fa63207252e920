namespace Millwright.XGBoost.Native;

/// <summary>Rows with labels in the library's memory.</summary>
internal sealed class Matrix : IDisposable
{
    private Matrix(MatrixHandle handle) => Handle = handle;

    internal MatrixHandle Handle { get; }

    /// <summary>Copies row-major vectors (missing = NaN) and their labels.</summary>
    internal static unsafe Matrix Create(float[] vectors, float[] labels, IReadOnlyList<string> features, int threads)
    {
        MatrixHandle handle;
        fixed (float* data = vectors)
        {
            XGBoostException.Check(XGBoostLibrary.XGDMatrixCreateFromMat_omp(data, (ulong)labels.Length, (ulong)features.Count, float.NaN, out var raw, threads));
            handle = new MatrixHandle(raw);
        }

        fixed (float* data = labels)
        {
            XGBoostException.Check(XGBoostLibrary.XGDMatrixSetFloatInfo(handle, "label", data, (ulong)labels.Length));
        }

        XGBoostException.Check(XGBoostLibrary.XGDMatrixSetStrFeatureInfo(handle, "feature_name", [.. features], (ulong)features.Count));
        return new Matrix(handle);
    }

    public void Dispose() => Handle.Dispose();
}
