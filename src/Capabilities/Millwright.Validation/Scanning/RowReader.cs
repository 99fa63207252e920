using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.Validation.Scanning;

/// <summary>Reads single rows and groups of the scanned table, for those expectations that need them.</summary>
internal sealed class RowReader(ITableEngine engine)
{
    internal Task<Result<Table>> ReadAsync(string sql, CancellationToken ct) => engine.QueryAsync(sql, ct);
}
