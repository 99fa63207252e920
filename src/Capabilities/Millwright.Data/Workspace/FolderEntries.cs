using System.IO.Enumeration;

namespace Millwright.Data.Workspace;

/// <summary>An entry of a folder; a link to a folder is none of both.</summary>
/// <param name="Name">Without the path.</param>
/// <param name="IsFolder">A real folder.</param>
/// <param name="IsLink">A symbolic link.</param>
public readonly record struct FolderEntry(string Name, bool IsFolder, bool IsLink)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, RecurseSubdirectories = false, IgnoreInaccessible = false };

    internal static IEnumerable<FolderEntry> Read(string folder) => new FileSystemEnumerable<FolderEntry>(
        folder,
        (ref entry) =>
        {
            var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
            return new FolderEntry(entry.FileName.ToString(), entry.IsDirectory && !isLink, isLink);
        },
        Everything);
}

/// <summary>Lists folders without a status call for each entry.</summary>
public static class FolderEntries
{
    /// <summary>The entries of a folder in the file system's order.</summary>
    public static IEnumerable<FolderEntry> Of(string folder) => FolderEntry.Read(folder);
}
