using System.Text.Json;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;

namespace Millwright.Features.Encoding;

/// <summary>Reads the encodings of model folders.</summary>
public sealed class FeatureEncodings : IFeatureEncodings
{
    /// <inheritdoc/>
    public Result<IRowEncoder> Load(string modelFolder) => Read(modelFolder).Map<IRowEncoder>(encoding => new RowEncoder(encoding));

    /// <summary>Reads <see cref="ModelFiles.Encoding"/> of a folder; a missing or malformed file is a problem that names it.</summary>
    internal static Result<FeatureEncoding> Read(string folder)
    {
        var path = Path.Combine(folder, ModelFiles.Encoding);
        if (!File.Exists(path))
        {
            return new Problem("encoding.missing", $"The folder has no {ModelFiles.Encoding}.", "Make it with the 'features' step.");
        }

        try
        {
            return EncodingJson.Read(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            return new Problem("encoding.malformed", $"{ModelFiles.Encoding} is not an encoding: {failure.Message}", "Make it again with the 'features' step.");
        }
    }
}
