using System.Runtime.InteropServices;

namespace Millwright.DuckDb.Native;

/// <summary>DuckDB's C API, as far as it is used here. Names are the C names, so that DuckDB's documentation applies.</summary>
internal static unsafe partial class DuckDbLibrary
{
    internal const string Name = "duckdb";

    /// <summary>Finds the library beside the binaries; it is loaded by the first call.</summary>
    static DuckDbLibrary() =>
        NativeLibrary.SetDllImportResolver(typeof(DuckDbLibrary).Assembly, static (name, assembly, search) =>
        {
            if (name != Name)
                return 0;
            var file = OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";
            return NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, file), out var handle)
                ? handle
                : NativeLibrary.Load(name, assembly, search);
        });

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_open_ext(string? path, out nint database, nint config, out nint error);

    [LibraryImport(Name)]
    internal static partial int duckdb_create_config(out nint config);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Name)]
    internal static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Name)]
    internal static partial int duckdb_connect(DatabaseHandle database, out nint connection);

    [LibraryImport(Name)]
    internal static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Name)]
    internal static partial void duckdb_close(ref nint database);

    [LibraryImport(Name)]
    internal static partial void duckdb_interrupt(ConnectionHandle connection);

    [LibraryImport(Name)]
    internal static partial void duckdb_free(nint memory);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_prepare(ConnectionHandle connection, string sql, out nint statement);

    [LibraryImport(Name)]
    internal static partial nint duckdb_prepare_error(StatementHandle statement);

    [LibraryImport(Name)]
    internal static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Name)]
    internal static partial int duckdb_execute_prepared(StatementHandle statement, out ResultBlock result);

    [LibraryImport(Name)]
    internal static partial nint duckdb_result_error(ref ResultBlock result);

    [LibraryImport(Name)]
    internal static partial void duckdb_destroy_result(ref ResultBlock result);

    [LibraryImport(Name)]
    internal static partial ulong duckdb_column_count(ref ResultBlock result);

    [LibraryImport(Name)]
    internal static partial nint duckdb_column_name(ref ResultBlock result, ulong column);

    [LibraryImport(Name)]
    internal static partial TypeCode duckdb_column_type(ref ResultBlock result, ulong column);

    [LibraryImport(Name)]
    internal static partial nint duckdb_column_logical_type(ref ResultBlock result, ulong column);

    [LibraryImport(Name)]
    internal static partial byte duckdb_decimal_width(nint type);

    [LibraryImport(Name)]
    internal static partial byte duckdb_decimal_scale(nint type);

    [LibraryImport(Name)]
    internal static partial TypeCode duckdb_decimal_internal_type(nint type);

    [LibraryImport(Name)]
    internal static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport(Name)]
    internal static partial nint duckdb_fetch_chunk(ResultBlock result);

    [LibraryImport(Name)]
    internal static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Name)]
    internal static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport(Name)]
    internal static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    [LibraryImport(Name)]
    internal static partial void* duckdb_vector_get_data(nint vector);

    [LibraryImport(Name)]
    internal static partial ulong* duckdb_vector_get_validity(nint vector);

    /// <summary>Text owned by the engine.</summary>
    internal static string TextOf(nint text) => Marshal.PtrToStringUTF8(text) ?? "";
}
