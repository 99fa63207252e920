using System.Collections.Immutable;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Transfer;

/// <summary>An object to transfer.</summary>
/// <param name="Md5">Its name; a folder listing ends in <c>.dir</c>.</param>
/// <param name="IsLegacy">Whether it lies in the layout of DVC 2.</param>
/// <param name="Path">The first workspace path it is for, relative to the repository.</param>
public readonly record struct DataObject(string Md5, bool IsLegacy, string Path);

/// <summary>A tracked file or folder taken apart into its objects.</summary>
/// <param name="Top">The file's object, or the folder's listing.</param>
/// <param name="Entries">The folder's files that were asked for; empty for a file and when the listing is nowhere.</param>
/// <param name="IsListed">False when a folder's listing is nowhere.</param>
internal sealed record OutObjects(DataObject Top, ImmutableArray<DataObject> Entries, bool IsListed)
{
    /// <summary>Whether <see cref="Top"/> is a folder listing.</summary>
    internal bool IsDirectory => Top.Md5.EndsWith(DirObject.Suffix, StringComparison.Ordinal);

    /// <summary>Takes an out apart with the listing found in the first store that has it.</summary>
    internal static OutObjects Of(DataRepository repository, SelectedOut selected, params ReadOnlySpan<ObjectStore> stores)
    {
        var o = selected.Tracked.Out;
        var name = repository.Relative(selected.Tracked.Path);
        var top = new DataObject(o.Md5!, o.IsLegacy, name);
        if (!o.IsDirectory)
        {
            return new OutObjects(top, [], true);
        }

        foreach (var store in stores)
        {
            if (store.Has(o.Md5!, o.IsLegacy)
                && DirObject.Parse(File.ReadAllBytes(store.PathOf(o.Md5!, o.IsLegacy)), o.Md5!).TryGet(out var listing, out _))
            {
                var entries = listing.Entries.Where(e => selected.Includes(e.RelativePath));
                return new OutObjects(top, [.. entries.Select(e => new DataObject(e.Md5, o.IsLegacy, $"{name}/{e.RelativePath}"))], true);
            }
        }

        return new OutObjects(top, [], false);
    }
}
