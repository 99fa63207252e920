using System.Globalization;
using System.Runtime.InteropServices;

namespace Millwright.XGBoost.Native;

/// <summary>A model in training.</summary>
internal sealed class Booster : IDisposable
{
    private readonly BoosterHandle _handle;

    private Booster(nint handle) => _handle = new BoosterHandle(handle);

    /// <summary>A new model that will train on and be evaluated with these matrices.</summary>
    internal static Booster Create(IEnumerable<Matrix> matrices, IReadOnlyList<string> features, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        // The library writes its warnings to standard output, which belongs to the caller's JSON.
        XGBoostException.Check(XGBoostLibrary.XGBSetGlobalConfig("""{"verbosity": 0}"""));
        nint[] raw = [.. matrices.Select(matrix => matrix.Handle.DangerousGetHandle())];
        XGBoostException.Check(XGBoostLibrary.XGBoosterCreate(raw, (ulong)raw.Length, out var handle));
        var booster = new Booster(handle);
        // The matrix's names do not reach the saved model by themselves.
        XGBoostException.Check(XGBoostLibrary.XGBoosterSetStrFeatureInfo(booster._handle, "feature_name", [.. features], (ulong)features.Count));
        foreach (var (name, value) in parameters)
        {
            XGBoostException.Check(XGBoostLibrary.XGBoosterSetParam(booster._handle, name, value));
        }

        return booster;
    }

    /// <summary>Adds one round of trees.</summary>
    internal void Update(int round, Matrix train) => XGBoostException.Check(XGBoostLibrary.XGBoosterUpdateOneIter(_handle, round, train.Handle));

    /// <summary>Every metric of every matrix after a round: <c>(train, auc, 0.83)</c>.</summary>
    internal IReadOnlyList<(string Matrix, string Metric, double Value)> Evaluate(int round, IReadOnlyList<(string Name, Matrix Matrix)> matrices)
    {
        nint[] raw = [.. matrices.Select(pair => pair.Matrix.Handle.DangerousGetHandle())];
        string[] names = [.. matrices.Select(pair => pair.Name)];
        XGBoostException.Check(XGBoostLibrary.XGBoosterEvalOneIter(_handle, round, raw, names, (ulong)raw.Length, out var text));

        // "[3]\ttrain-auc:0.83\tvalidation-auc:0.81"
        return [.. Marshal.PtrToStringUTF8(text)!.Split('\t').Skip(1).Select(Parse)];
    }

    /// <summary>The first <paramref name="rounds"/> rounds as a model of their own.</summary>
    internal Booster Slice(int rounds)
    {
        XGBoostException.Check(XGBoostLibrary.XGBoosterSlice(_handle, 0, rounds, 1, out var slice));
        return new Booster(slice);
    }

    /// <summary>The model as XGBoost's JSON.</summary>
    internal unsafe byte[] Save()
    {
        XGBoostException.Check(XGBoostLibrary.XGBoosterSaveModelToBuffer(_handle, """{"format": "json"}""", out var length, out var data));
        return new ReadOnlySpan<byte>(data, checked((int)length)).ToArray();
    }

    public void Dispose() => _handle.Dispose();

    private static (string Matrix, string Metric, double Value) Parse(string part)
    {
        var colon = part.LastIndexOf(':');
        var dash = part.IndexOf('-', StringComparison.Ordinal);
        return (part[..dash], part[(dash + 1)..colon], double.TryParse(part[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);
    }
}
