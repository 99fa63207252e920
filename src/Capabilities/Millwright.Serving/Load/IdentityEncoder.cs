using Millwright.Abstractions.Models;

namespace Millwright.Serving.Load;

/// <summary>For models that come without an encoding: every raw column is a number and a feature.</summary>
internal sealed class IdentityEncoder(IReadOnlyList<SignatureColumn> columns) : IRowEncoder
{
    public IReadOnlyList<SignatureColumn> Columns { get; } = columns;

    public IReadOnlyList<string> Features { get; } = [.. columns.Select(column => column.Name)];

    public TableRoles Roles => TableRoles.None;

    public void Encode(ReadOnlySpan<double> values, Span<float> vector)
    {
        for (var column = 0; column < vector.Length; column++)
        {
            vector[column] = (float)values[column];
        }
    }

    public int CodeOf(int column, ReadOnlySpan<char> category) => -1;

    public string? CategoryOf(int column, int code) => null;
}
