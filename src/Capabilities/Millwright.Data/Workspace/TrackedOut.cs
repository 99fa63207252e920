using Millwright.Data.Formats;

namespace Millwright.Data.Workspace;

/// <summary>A tracked file or folder and the <c>.dvc</c> file that tracks it.</summary>
/// <param name="FilePath">Absolute path of the <c>.dvc</c> file.</param>
/// <param name="File">Its content.</param>
/// <param name="Out">The output.</param>
/// <param name="Path">Absolute path of the data.</param>
public sealed record TrackedOut(string FilePath, DvcFile File, DvcOut Out, string Path)
{
    /// <summary>Whether a path is the data or lies below it.</summary>
    public bool Covers(string path) => path == Path || path.StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
