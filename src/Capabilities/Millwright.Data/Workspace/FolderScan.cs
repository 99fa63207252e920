using Millwright.Data.Formats;
using Millwright.Data.Store;

namespace Millwright.Data.Workspace;

/// <summary>A data file found in the workspace.</summary>
/// <param name="RelativePath">Below the scanned folder, <c>/</c> between the parts.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Stamp">As it was when it was found.</param>
public readonly record struct FoundFile(string RelativePath, string Path, FileStamp Stamp);

/// <summary>Lists the data files of a folder in the workspace.</summary>
public static class FolderScan
{
    /// <summary>All regular files below a folder that are not ignored; links to files count as files, links to folders are not followed.</summary>
    public static List<FoundFile> Run(DataRepository repository, string folder, CancellationToken ct)
    {
        var files = new List<FoundFile>();
        Walk(repository, folder, "", files, ct);
        return files;
    }

    /// <summary>The digest of a workspace file: from the index when its stamp is the same, else hashed and remembered.</summary>
    public static string Digest(DataRepository repository, string path, FileStamp stamp, bool isLegacy, CancellationToken ct)
    {
        if (isLegacy)
        {
            return FileHasher.Md5Dos2Unix(path, ct);
        }

        if (repository.Index.Find(path, stamp) is { } known)
        {
            return known;
        }

        var md5 = FileHasher.Md5(path, ct);
        if (FileStamp.Of(path) == stamp)
        {
            repository.Index.Remember(path, stamp, md5);
        }

        return md5;
    }

    /// <summary>The listing of a folder as it is in the workspace now.</summary>
    public static DirObject Listing(DataRepository repository, string folder, bool isLegacy, CancellationToken ct)
    {
        var files = Run(repository, folder, ct);
        var entries = new DirEntry[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = ct }, i =>
            entries[i] = new DirEntry(files[i].RelativePath, Digest(repository, files[i].Path, files[i].Stamp, isLegacy, ct)));
        return DirObject.Of(entries);
    }

    private static void Walk(DataRepository repository, string folder, string prefix, List<FoundFile> files, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        foreach (var entry in FolderEntries.Of(folder))
        {
            var path = Path.Combine(folder, entry.Name);
            if (repository.Ignore.IsIgnored(path, entry.Name, entry.IsFolder))
            {
                continue;
            }

            if (entry.IsFolder)
            {
                Walk(repository, path, $"{prefix}{entry.Name}/", files, ct);
            }
            else if (FileStamp.Of(path) is { } stamp)
            {
                files.Add(new FoundFile(prefix + entry.Name, path, stamp));
            }
        }
    }
}
