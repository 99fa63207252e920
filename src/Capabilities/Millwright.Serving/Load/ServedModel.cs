using System.Globalization;
using System.Text;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;

namespace Millwright.Serving.Load;

/// <summary>
/// A loaded version. Requests lease it, so that it is released only after the last of them; everything a request needs is computed once, here.
/// </summary>
public sealed class ServedModel
{
    private readonly LoadedModel _loaded;
    private int _leases = 1;

    internal ServedModel(string name, int version, ContentDigest artifact, LoadedModel loaded)
    {
        (Name, Version, Artifact, _loaded) = (name, version, artifact, loaded);
        VersionText = version.ToString(CultureInfo.InvariantCulture);
        Columns = [.. loaded.Encoder.Columns];
        ColumnNames = [.. loaded.Encoder.Columns.Select(column => column.Name)];
        ColumnsUtf8 = [.. ColumnNames.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Registered model.</summary>
    public string Name { get; }

    /// <summary>Model version.</summary>
    public int Version { get; }

    /// <summary>Digest of its folder.</summary>
    public ContentDigest Artifact { get; }

    /// <summary>What it takes and gives.</summary>
    public ModelSignature Signature => _loaded.Signature;

    /// <summary>Scores per row.</summary>
    public int OutputCount => _loaded.Predictor.OutputCount;

    internal string VersionText { get; }

    internal SignatureColumn[] Columns { get; }

    internal string[] ColumnNames { get; }

    internal byte[][] ColumnsUtf8 { get; }

    internal IRowEncoder Encoder => _loaded.Encoder;

    internal IPredictor Predictor => _loaded.Predictor;

    /// <summary>Takes a lease; false when the version was unloaded meanwhile.</summary>
    internal bool TryEnter()
    {
        var seen = Volatile.Read(ref _leases);
        while (seen > 0)
        {
            var before = Interlocked.CompareExchange(ref _leases, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <summary>Gives a lease back; the last one releases the model.</summary>
    internal void Exit()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            _loaded.Dispose();
        }
    }
}
