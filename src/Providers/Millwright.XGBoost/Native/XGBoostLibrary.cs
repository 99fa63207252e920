using System.Runtime.InteropServices;

namespace Millwright.XGBoost.Native;

/// <summary>XGBoost's C API, version 1.7 (<c>xgboost/c_api.h</c>). Every call gives 0, or −1 with the reason in <see cref="XGBGetLastError"/>.</summary>
internal static unsafe partial class XGBoostLibrary
{
    private const string Name = "xgboost";

    private static readonly string[] Candidates = OperatingSystem.IsMacOS()
        ? ["libxgboost.dylib"]
        : OperatingSystem.IsWindows() ? ["xgboost.dll"] : ["libxgboost.so.0", "libxgboost.so"];

    static XGBoostLibrary() => NativeLibrary.SetDllImportResolver(typeof(XGBoostLibrary).Assembly, Resolve);

    [LibraryImport(Name)]
    internal static partial nint XGBGetLastError();

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBSetGlobalConfig(string json);

    [LibraryImport(Name)]
    internal static partial int XGDMatrixCreateFromMat_omp(float* data, ulong rows, ulong columns, float missing, out nint matrix, int threads);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGDMatrixSetFloatInfo(MatrixHandle matrix, string field, float* data, ulong count);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGDMatrixSetStrFeatureInfo(MatrixHandle matrix, string field, string[] values, ulong count);

    [LibraryImport(Name)]
    internal static partial int XGDMatrixFree(nint matrix);

    [LibraryImport(Name)]
    internal static partial int XGBoosterCreate(nint[] matrices, ulong count, out nint booster);

    [LibraryImport(Name)]
    internal static partial int XGBoosterSlice(BoosterHandle booster, int begin, int end, int step, out nint slice);

    [LibraryImport(Name)]
    internal static partial int XGBoosterFree(nint booster);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterSetParam(BoosterHandle booster, string name, string value);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterSetStrFeatureInfo(BoosterHandle booster, string field, string[] values, ulong count);

    [LibraryImport(Name)]
    internal static partial int XGBoosterUpdateOneIter(BoosterHandle booster, int iteration, MatrixHandle train);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterEvalOneIter(BoosterHandle booster, int iteration, nint[] matrices, string[] names, ulong count, out nint text);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterSaveModelToBuffer(BoosterHandle booster, string config, out ulong length, out byte* data);

    // OpenMP reads it when it is loaded, which is with XGBoost; .NET's own variables never reach the C library.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
        {
            return 0;
        }

        if (!OperatingSystem.IsWindows())
        {
            // Spinning threads make training many times slower on a busy machine.
            _ = SetEnvironment("OMP_WAIT_POLICY", "passive", 0);
        }

        foreach (var candidate in Candidates)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var library))
            {
                return library;
            }
        }

        return 0;
    }
}
