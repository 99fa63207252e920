namespace Millwright.Data.Checkout;

/// <summary>Folders of checked out data. None of them is reached through a link: a listing cannot make a checkout write elsewhere.</summary>
internal static class SafeFolder
{
    /// <summary>Makes a folder below the root and the folders above it; a link or file in the way is removed first.</summary>
    internal static void Make(string root, string folder)
    {
        if (folder.Length <= root.Length)
        {
            return;
        }

        var info = new FileInfo(folder);
        if (info.LinkTarget is null && Directory.Exists(folder))
        {
            Make(root, Path.GetDirectoryName(folder)!);
            return;
        }

        Make(root, Path.GetDirectoryName(folder)!);
        File.Delete(folder);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Removes the folders that became empty because their files went, up to the tracked folder.</summary>
    internal static void RemoveEmpty(string top, IEnumerable<string> removed)
    {
        foreach (var start in removed.Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal))
        {
            for (var folder = start; folder is not null && folder.Length > top.Length; folder = Path.GetDirectoryName(folder))
            {
                if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    break;
                }

                Directory.Delete(folder);
            }
        }
    }
}
