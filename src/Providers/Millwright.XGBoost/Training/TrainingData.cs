using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.XGBoost.Training;

/// <summary>A table with labels, in memory as the library wants it.</summary>
/// <param name="Vectors">Row-major; missing = NaN.</param>
/// <param name="Labels">One per row.</param>
internal sealed record TrainingData(float[] Vectors, float[] Labels)
{
    private const int Block = 200_000;

    internal static async Task<Result<TrainingData>> ReadAsync(ITableEngine tables, string path, IRowEncoder encoder, string label, CancellationToken ct)
    {
        if (!(await FeatureTable.OpenAsync(tables, path, encoder, ct)).TryGet(out var table, out var problem) || !(await table.CountAsync(ct)).TryGet(out var rows, out problem))
        {
            return problem;
        }

        var width = encoder.Features.Count;
        if (rows == 0 || rows * width > Array.MaxLength)
        {
            return new Problem("xgboost.size", $"'{Path.GetFileName(path)}' has {rows} rows of {width} features; expected 1 to {Array.MaxLength / width} rows.", "Train on a sample.");
        }

        if (table.Source.Columns.FirstOrDefault(column => column.Name == label) is not { IsNumeric: true })
        {
            return new Problem(
                "xgboost.label", $"'{Path.GetFileName(path)}' has no numeric column '{label}' to learn.",
                "Give the table that the 'features' step wrote, and the label's name as 'label'.");
        }

        var data = new TrainingData(new float[rows * width], new float[rows]);
        for (var offset = 0; offset < rows; offset += Block)
        {
            if (!(await table.ReadAsync(offset, Block, [label], ct)).TryGet(out var block, out problem))
            {
                return problem;
            }

            block.Vectors.CopyTo(data.Vectors, (long)offset * width);
            var labels = ((NumberColumn)block.Table[label]).Values;
            for (var row = 0; row < labels.Length; row++)
            {
                if (!double.IsFinite(labels[row]))
                {
                    return new Problem("xgboost.label", $"The label '{label}' is missing in row {offset + row + 1} of '{Path.GetFileName(path)}'.", "Leave such rows out in a 'sql' step.");
                }

                data.Labels[offset + row] = (float)labels[row];
            }
        }

        return data;
    }
}
