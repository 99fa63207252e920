using System.Runtime.InteropServices;

namespace Millwright.Onnx.Native;

/// <summary>A loaded graph. <see cref="Run"/> is thread-safe; each run uses the calling thread only, requests are the parallelism.</summary>
internal sealed unsafe class Session : IDisposable
{
    private const int AllOptimisations = 99;

    private readonly OnnxLibrary.Runtime _runtime;
    private readonly List<nint> _names = [];
    private nint _session;

    public Session(ReadOnlySpan<byte> model)
    {
        _runtime = OnnxLibrary.Instance;
        var api = _runtime.Api;
        nint options, session;
        _runtime.Check(((delegate* unmanaged<nint*, nint>)api[10])(&options));
        try
        {
            _runtime.Check(((delegate* unmanaged<nint, int, nint>)api[24])(options, 1));
            _runtime.Check(((delegate* unmanaged<nint, int, nint>)api[23])(options, AllOptimisations));
            fixed (byte* bytes = model)
            {
                _runtime.Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)api[8])(_runtime.Environment, bytes, (nuint)model.Length, options, &session));
            }
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)api[100])(options);
        }

        _session = session;
        Inputs = Describe(count: 30, type: 33, name: 36);
        Outputs = Describe(count: 31, type: 34, name: 37);
    }

    public IReadOnlyList<Tensor> Inputs { get; }

    public IReadOnlyList<Tensor> Outputs { get; }

    /// <summary>Runs one float input of <c>[rows, columns]</c> and hands the values of one float output to <paramref name="read"/>.</summary>
    public void Run(ReadOnlySpan<float> features, int rows, int columns, int output, ReadOnlySpanAction read)
    {
        ObjectDisposedException.ThrowIf(_session == 0, this);
        var api = _runtime.Api;
        var shape = stackalloc long[] { rows, columns };
        nint input = 0, result = 0;
        fixed (float* data = features)
        {
            try
            {
                _runtime.Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)api[49])(
                    _runtime.Memory, data, (nuint)features.Length * sizeof(float), shape, 2, (int)ElementType.Float, &input));
                var (inputName, outputName) = (_names[0], _names[Inputs.Count + output]);
                _runtime.Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)api[9])(
                    _session, 0, &inputName, &input, 1, &outputName, 1, &result));
                float* values;
                _runtime.Check(((delegate* unmanaged<nint, float**, nint>)api[51])(result, &values));
                read(new ReadOnlySpan<float>(values, Count(result)));
            }
            finally
            {
                ReleaseValue(input);
                ReleaseValue(result);
            }
        }
    }

    public void Dispose()
    {
        if (_session != 0)
        {
            ((delegate* unmanaged<nint, void>)_runtime.Api[95])(_session);
            _session = 0;
            _names.ForEach(Marshal.FreeCoTaskMem);
        }
    }

    private int Count(nint value)
    {
        var api = _runtime.Api;
        nint info;
        nuint count;
        _runtime.Check(((delegate* unmanaged<nint, nint*, nint>)api[65])(value, &info));
        try
        {
            _runtime.Check(((delegate* unmanaged<nint, nuint*, nint>)api[64])(info, &count));
            return checked((int)count);
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)api[99])(info);
        }
    }

    private List<Tensor> Describe(int count, int type, int name)
    {
        var api = _runtime.Api;
        nuint total;
        nint allocator;
        _runtime.Check(((delegate* unmanaged<nint, nuint*, nint>)api[count])(_session, &total));
        _runtime.Check(((delegate* unmanaged<nint*, nint>)api[78])(&allocator));
        var tensors = new List<Tensor>((int)total);
        for (nuint index = 0; index < total; index++)
        {
            nint text, info;
            _runtime.Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)api[name])(_session, index, allocator, &text));
            var named = Marshal.PtrToStringUTF8(text)!;
            _runtime.Check(((delegate* unmanaged<nint, nint, nint>)api[76])(allocator, text));
            _names.Add(Marshal.StringToCoTaskMemUTF8(named));
            _runtime.Check(((delegate* unmanaged<nint, nuint, nint*, nint>)api[type])(_session, index, &info));
            try
            {
                tensors.Add(Describe(named, info));
            }
            finally
            {
                ((delegate* unmanaged<nint, void>)api[98])(info);
            }
        }

        return tensors;
    }

    private Tensor Describe(string name, nint info)
    {
        var api = _runtime.Api;
        nint tensor;
        _runtime.Check(((delegate* unmanaged<nint, nint*, nint>)api[55])(info, &tensor));
        if (tensor == 0)
        {
            return new Tensor(name, ElementType.None, []);
        }

        int type;
        nuint rank;
        _runtime.Check(((delegate* unmanaged<nint, int*, nint>)api[60])(tensor, &type));
        _runtime.Check(((delegate* unmanaged<nint, nuint*, nint>)api[61])(tensor, &rank));
        var shape = new long[(int)rank];
        fixed (long* sizes = shape)
        {
            _runtime.Check(((delegate* unmanaged<nint, long*, nuint, nint>)api[62])(tensor, sizes, rank));
        }

        return new Tensor(name, (ElementType)type, shape);
    }

    private void ReleaseValue(nint value)
    {
        if (value != 0)
        {
            ((delegate* unmanaged<nint, void>)_runtime.Api[96])(value);
        }
    }

    internal delegate void ReadOnlySpanAction(ReadOnlySpan<float> values);
}
