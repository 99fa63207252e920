using System.Text.Json.Nodes;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Abstractions.Tables;
using Millwright.Features.Encoding;

namespace Millwright.Features.Fit;

/// <summary>The action <c>features</c>: fits an encoding to a table (or takes a fitted one) and writes the encoded table.</summary>
public sealed class FeaturesAction(ITableEngine tables) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "features";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Turns raw columns into features: numbers pass, texts become one column per category.",
        "1",
        ["data", "encoding?"],
        ["table", "encoding"],
        [
            new StepParameter("label", "Column to learn; it becomes 0 and 1 when it has two values. Empty = none.", ""),
            new StepParameter("positive", "The label's value that becomes 1, for text labels.", ""),
            new StepParameter("id", "Column that identifies a row; kept, no feature. Empty = none.", ""),
            new StepParameter("exclude", "Columns that are no features.", new JsonArray()),
            new StepParameter("keep", "Raw columns to keep beside the features, such as sensitive ones.", new JsonArray()),
            new StepParameter("max_categories", "Largest number of categories of a text column, 1 to 10000.", 100),
            new StepParameter("missing", "What a missing number becomes: nan (tree models) or zero.", "nan"),
        ])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["table"] = "table.parquet" },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var read = new ParameterReader(context);
        var options = new FitOptions(
            read.Text("label"), read.Text("positive"), read.Text("id"), read.Texts("exclude"), read.Texts("keep"),
            read.Integer("max_categories", 1, 10_000), read.OneOf("missing", "nan", "zero") == "zero" ? MissingNumber.Zero : MissingNumber.Nan);
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        if (!(await tables.OpenAsync(context.Inputs["data"], ct)).TryGet(out var source, out var problem))
        {
            return problem;
        }

        var fitted = context.Inputs.TryGetValue("encoding", out var given)
            ? FeatureEncodings.Read(given)
            : await new FitEncoding(tables).RunAsync(source, options, ct);
        if (!fitted.TryGet(out var encoding, out problem))
        {
            return problem;
        }

        if (!(await new EncodeTable(tables).RunAsync(source, encoding, context.WorkFolder, context.Outputs["table"], ct)).TryGet(out var rows, out problem))
        {
            return problem;
        }

        var folder = Directory.CreateDirectory(context.Outputs["encoding"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Encoding), EncodingJson.Write(encoding), ct);
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Signature), SignatureJson.Write(Signature(encoding)), ct);
        context.Journal.Parameter("features", encoding.Features.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        context.Journal.Line($"{rows} rows, {encoding.Columns.Length} columns, {encoding.Features.Length} features");
        return Result.Ok;
    }

    private static ModelSignature Signature(FeatureEncoding encoding)
    {
        var classes = encoding.Label?.Classes ?? [];
        var score = new SignatureColumn("score", "double");
        return new ModelSignature(
            [.. encoding.Columns.Select(column => new SignatureColumn(column.Name, column.Type, column.Required))],
            classes.IsEmpty ? [score] : [score, new SignatureColumn("label", "string")])
        {
            Classes = classes,
        };
    }
}
