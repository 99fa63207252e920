using Millwright.Abstractions.Tables;
using Millwright.DuckDb.Native;
using TypeCode = Millwright.DuckDb.Native.TypeCode;

namespace Millwright.DuckDb;

/// <summary>Copies a result's chunks into columns.</summary>
internal static class TableReader
{
    internal static Table Read(ref ResultBlock result, CancellationToken ct)
    {
        var builders = Builders(ref result);
        nint chunk;
        while ((chunk = DuckDbLibrary.duckdb_fetch_chunk(result)) != 0)
        {
            try
            {
                ct.ThrowIfCancellationRequested();
                var rows = (int)DuckDbLibrary.duckdb_data_chunk_get_size(chunk);
                for (var column = 0; column < builders.Length; column++)
                    builders[column].Append(DuckDbLibrary.duckdb_data_chunk_get_vector(chunk, (ulong)column), rows);
            }
            finally
            {
                DuckDbLibrary.duckdb_destroy_data_chunk(ref chunk);
            }
        }

        var columns = Array.ConvertAll(builders, builder => builder.Build());
        return new Table(columns, columns is [var first, ..] ? first.Count : 0);
    }

    private static ColumnBuilder[] Builders(ref ResultBlock result)
    {
        var columns = new (string Name, ColumnType Type)[DuckDbLibrary.duckdb_column_count(ref result)];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var column = 0; column < columns.Length; column++)
        {
            var given = DuckDbLibrary.TextOf(DuckDbLibrary.duckdb_column_name(ref result, (ulong)column));
            var name = given;
            for (var suffix = 1; !names.Add(name); suffix++)
                name = $"{given}_{suffix}";
            columns[column] = (name, TypeOf(ref result, (ulong)column));
        }

        return columns.All(column => column.Type.IsReadable)
            ? Array.ConvertAll(columns, column => ColumnBuilder.For(column.Name, column.Type))
            : throw new UnreadableTypeException(columns);
    }

    private static ColumnType TypeOf(ref ResultBlock result, ulong column)
    {
        var code = DuckDbLibrary.duckdb_column_type(ref result, column);
        if (code != TypeCode.Decimal)
            return new ColumnType(code, code, 0, ColumnType.NameOf(code));
        var type = DuckDbLibrary.duckdb_column_logical_type(ref result, column);
        try
        {
            var scale = DuckDbLibrary.duckdb_decimal_scale(type);
            var name = $"DECIMAL({DuckDbLibrary.duckdb_decimal_width(type)},{scale})";
            return new ColumnType(code, DuckDbLibrary.duckdb_decimal_internal_type(type), scale, name);
        }
        finally
        {
            DuckDbLibrary.duckdb_destroy_logical_type(ref type);
        }
    }
}

/// <summary>The result has columns of types that only text can carry (lists, times, …).</summary>
internal sealed class UnreadableTypeException((string Name, ColumnType Type)[] columns) : Exception
{
    /// <summary>The same query with those columns cast to text.</summary>
    internal string Cast(string sql)
    {
        var aliases = string.Join(", ", columns.Select((_, index) => $"c{index}"));
        var list = string.Join(", ", columns.Select((column, index) =>
            $"c{index}{(column.Type.IsReadable ? "" : "::VARCHAR")} AS {SqlText.Name(column.Name)}"));
        return $"SELECT {list} FROM ({sql}) AS t({aliases})";
    }
}
