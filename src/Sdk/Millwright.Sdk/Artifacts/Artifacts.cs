using System.Text.Json;

namespace Millwright.Sdk;

/// <summary>A kind of file or folder that steps exchange.</summary>
/// <typeparam name="TSelf">The kind itself.</typeparam>
public interface IArtifact<out TSelf>
{
    /// <summary>The extension of files of this kind, with the dot; empty for folders.</summary>
    static abstract string Extension { get; }

    /// <summary>The artifact at an absolute path; it need not exist yet.</summary>
    static abstract TSelf At(string path);
}

/// <summary>Any file.</summary>
/// <param name="Path">Absolute.</param>
public sealed record AnyFile(string Path) : IArtifact<AnyFile>
{
    /// <inheritdoc/>
    public static string Extension => ".bin";

    /// <inheritdoc/>
    public static AnyFile At(string path) => new(path);
}

/// <summary>A Parquet table, as the named actions make them.</summary>
/// <param name="Path">Absolute.</param>
public sealed record ParquetFile(string Path) : IArtifact<ParquetFile>
{
    /// <inheritdoc/>
    public static string Extension => ".parquet";

    /// <inheritdoc/>
    public static ParquetFile At(string path) => new(path);
}

/// <summary>A folder of files: a model, an encoding, a report.</summary>
/// <param name="Path">Absolute.</param>
public sealed record FolderOfFiles(string Path) : IArtifact<FolderOfFiles>
{
    /// <inheritdoc/>
    public static string Extension => "";

    /// <inheritdoc/>
    public static FolderOfFiles At(string path) => new(path);
}

/// <summary>A JSON file.</summary>
/// <param name="Path">Absolute.</param>
public sealed record JsonFile(string Path) : IArtifact<JsonFile>
{
    /// <inheritdoc/>
    public static string Extension => ".json";

    /// <inheritdoc/>
    public static JsonFile At(string path) => new(path);

    /// <summary>Reads it.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path), SdkJson.Options)!;

    /// <summary>Writes it.</summary>
    public void Write<T>(T value) => File.WriteAllBytes(Path, JsonSerializer.SerializeToUtf8Bytes(value, SdkJson.Options));
}
