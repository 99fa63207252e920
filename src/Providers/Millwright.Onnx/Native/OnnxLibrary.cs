using System.Runtime.InteropServices;

namespace Millwright.Onnx.Native;

/// <summary>
/// ONNX Runtime's C API: a table of function pointers (<c>OrtApi</c> in <c>onnxruntime_c_api.h</c>, version 14, whose places never change).
/// Every call gives null or a status that is released by <see cref="Check"/>.
/// </summary>
internal static unsafe class OnnxLibrary
{
    private const uint ApiVersion = 14;
    private const int ErrorLevel = 3;

    private static readonly Lazy<Runtime> Loaded = new(Load);

    /// <summary>The loaded runtime; throws <see cref="DllNotFoundException"/> when it is not there.</summary>
    public static Runtime Instance => Loaded.Value;

    private static Runtime Load()
    {
        var name = OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.*.dylib" : "libonnxruntime.so*";
        var beside = Directory.EnumerateFiles(AppContext.BaseDirectory, name).FirstOrDefault();
        if (beside is null || !NativeLibrary.TryLoad(beside, out var library))
        {
            throw new DllNotFoundException(name);
        }

        var start = (nint*)((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        var api = (nint*)((delegate* unmanaged<uint, nint>)start[0])(ApiVersion);
        nint environment, memory;
        fixed (byte* log = "millwright\0"u8)
        {
            Check(api, ((delegate* unmanaged<int, byte*, nint*, nint>)api[3])(ErrorLevel, log, &environment));
        }

        Check(api, ((delegate* unmanaged<int, int, nint*, nint>)api[69])(0, 0, &memory));
        return new Runtime((nint)api, environment, memory);
    }

    private static void Check(nint* api, nint status)
    {
        if (status == 0)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)api[2])(status)) ?? "unknown error";
        ((delegate* unmanaged<nint, void>)api[93])(status);
        throw new OnnxException(message.Split('\n', 2)[0]);
    }

    /// <summary>The table with its environment and the description of ordinary memory.</summary>
    internal sealed class Runtime(nint table, nint environment, nint memory)
    {
        public nint Environment => environment;

        public nint Memory => memory;

        public nint* Api => (nint*)table;

        public void Check(nint status) => OnnxLibrary.Check(Api, status);
    }
}
