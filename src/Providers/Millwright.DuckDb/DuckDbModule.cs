using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Tables;

namespace Millwright.DuckDb;

/// <summary>Tables over CSV, Parquet and JSON-lines files by an embedded DuckDB.</summary>
public static class DuckDbModule
{
    /// <summary>Registers the table engine; the native library is loaded by the first query, not here.</summary>
    public static IServiceCollection AddDuckDb(this IServiceCollection services, DuckDbOptions? options = null) =>
        services.AddSingleton<ITableEngine>(_ => new DuckDbTables(options));
}
