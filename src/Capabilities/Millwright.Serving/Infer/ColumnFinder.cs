using System.Text.Json;
using Millwright.Serving.Load;

namespace Millwright.Serving.Infer;

/// <summary>Finds the column that a JSON text names.</summary>
internal static class ColumnFinder
{
    /// <summary>Its index, tried at <paramref name="guess"/> first; −1 when the model has no such column.</summary>
    public static int Find(ref Utf8JsonReader json, ServedModel model, int guess)
    {
        var names = model.ColumnsUtf8;
        if ((uint)guess < (uint)names.Length && json.ValueTextEquals(names[guess]))
        {
            return guess;
        }

        for (var column = 0; column < names.Length; column++)
        {
            if (json.ValueTextEquals(names[column]))
            {
                return column;
            }
        }

        return -1;
    }
}
