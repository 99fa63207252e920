using System.Runtime.InteropServices;

namespace Millwright.XGBoost.Native;

/// <summary>Owns a <c>DMatrixHandle</c>.</summary>
internal sealed class MatrixHandle : SafeHandle
{
    internal MatrixHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => XGBoostLibrary.XGDMatrixFree(handle) == 0;
}

/// <summary>Owns a <c>BoosterHandle</c>.</summary>
internal sealed class BoosterHandle : SafeHandle
{
    internal BoosterHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => XGBoostLibrary.XGBoosterFree(handle) == 0;
}
