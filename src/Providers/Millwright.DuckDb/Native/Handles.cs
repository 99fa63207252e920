using Microsoft.Win32.SafeHandles;

namespace Millwright.DuckDb.Native;

/// <summary>An open database; closed when the last connection let go of it.</summary>
internal sealed class DatabaseHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal DatabaseHandle(nint database)
        : base(ownsHandle: true) => SetHandle(database);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_close(ref handle);
        return true;
    }
}

/// <summary>A connection; one query at a time.</summary>
internal sealed class ConnectionHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal ConnectionHandle(nint connection)
        : base(ownsHandle: true) => SetHandle(connection);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_disconnect(ref handle);
        return true;
    }
}

/// <summary>A prepared statement.</summary>
internal sealed class StatementHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal StatementHandle(nint statement)
        : base(ownsHandle: true) => SetHandle(statement);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_destroy_prepare(ref handle);
        return true;
    }
}
