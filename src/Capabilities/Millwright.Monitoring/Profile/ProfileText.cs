using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;

namespace Millwright.Monitoring.Profile;

/// <summary><see cref="ModelFiles.Profile"/>: a profile as JSON, with the format's version first. Equal profiles give equal text.</summary>
public static class ProfileText
{
    /// <summary>The format this version writes and reads.</summary>
    public const string Format = "millwright-profile/1";

    /// <summary>The file's text.</summary>
    public static string Write(DataProfile profile) =>
        JsonSerializer.Serialize(new ProfileFile(Format, profile.Rows, profile.Columns), ProfileJson.Default.ProfileFile) + "\n";

    /// <summary>Reads the text; what is no profile, or one of another version, is a problem that says so.</summary>
    public static Result<DataProfile> Read(string text)
    {
        try
        {
            var file = JsonSerializer.Deserialize(text, ProfileJson.Default.ProfileFile);
            return file is not { Format: Format, Columns.IsDefault: false } || file.Columns.Any(column => !IsSound(column))
                ? Malformed(file?.Format is { } other and not Format ? $"its format is '{other}', not '{Format}'" : "columns are missing or do not fit together")
                : new DataProfile(file.Rows, file.Columns);
        }
        catch (JsonException failure)
        {
            return Malformed(failure.Message);
        }
    }

    private static bool IsSound(ColumnProfile? column) =>
        column is { Name: not null, Type: not null, Top.IsDefault: false }
        && (column.Numbers is not { } numbers || !numbers.Edges.IsDefault && !numbers.Counts.IsDefault && numbers.Counts.Length == numbers.Edges.Length + 1);

    private static Problem Malformed(string why) =>
        new("profile.malformed", $"{ModelFiles.Profile} is not a profile: {why}.", "Make it again with the 'profile' step.");
}

/// <summary>The file.</summary>
internal sealed record ProfileFile(string Format, long Rows, ImmutableArray<ColumnProfile> Columns);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProfileFile))]
internal sealed partial class ProfileJson : JsonSerializerContext;
