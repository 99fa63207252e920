using Millwright.Data.Checkout;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Add;

/// <summary>After an add, workspace files become what a checkout would have made of them.</summary>
internal static class Relink
{
    internal static void Run(DataRepository repository, IEnumerable<AddedOut> outs, CancellationToken ct)
    {
        using var links = new Materializer(repository);
        foreach (var added in outs)
        {
            if (links.MakesLinks)
            {
                LinkAll(repository, links, added, ct);
            }
            else if (added.Out.IsExecutable && !added.Out.IsLegacy && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(added.Path, Materializer.ExecutableMode);
                Remember(repository, added.Path, added.Out.Md5!);
            }
        }
    }

    private static void LinkAll(DataRepository repository, Materializer links, AddedOut added, CancellationToken ct)
    {
        if (!added.Out.IsDirectory)
        {
            links.Place(added.Out.Md5!, added.Out.IsLegacy, added.Path, added.Out.IsExecutable, ct);
            return;
        }

        foreach (var file in FolderScan.Run(repository, added.Path, ct))
        {
            links.Place(FolderScan.Digest(repository, file.Path, file.Stamp, added.Out.IsLegacy, ct), added.Out.IsLegacy, file.Path, false, ct);
        }
    }

    private static void Remember(DataRepository repository, string path, string md5)
    {
        if (FileStamp.Of(path) is { } stamp)
        {
            repository.Index.Remember(path, stamp, md5);
        }
    }
}
