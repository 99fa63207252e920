using System.Collections.Concurrent;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Add;

/// <summary>Brings workspace content into the cache, or only hashes it. Each file is read once; unchanged files with a cached object are not read.</summary>
internal sealed class Ingest : IDisposable
{
    // Enough that flushing is cheap for each file, few enough that a killed add of millions of files need not start from the beginning.
    private const int Batch = 8192;

    private readonly DataRepository _repository;
    private readonly IProgress<DataProgress>? _progress;
    private readonly Staging? _staging;
    private long _done;
    private long _total;
    private long _bytes;

    internal Ingest(DataRepository repository, bool hashOnly, IProgress<DataProgress>? progress)
    {
        (_repository, _progress) = (repository, progress);
        _staging = hashOnly ? null : repository.Cache.Stage();
    }

    internal void Commit() => _staging?.Commit();

    public void Dispose() => _staging?.Dispose();

    internal async Task<Result<DvcOut>> RunAsync(AddTarget target, CancellationToken ct)
    {
        var name = Path.GetRelativePath(Path.GetDirectoryName(target.FilePath)!, target.Path).Replace(Path.DirectorySeparatorChar, '/');
        var before = target.Tracked?.Out ?? new DvcOut(name);
        return FileStatus.Of(target.Path) switch
        {
            { IsRegular: true } status => await OneAsync(target, before, status, ct),
            { IsFolder: true } => await FolderAsync(target, before, ct),
            _ => new Problem("data.missing", $"output '{_repository.Environment.Show(target.Path)}' is neither a file nor a folder", "Add regular files and folders only."),
        };
    }

    private async Task<Result<DvcOut>> OneAsync(AddTarget target, DvcOut before, FileStatus status, CancellationToken ct)
    {
        _total++;
        if (IsUnchangedLegacy(before, before.IsLegacy ? FileHasher.Md5Dos2Unix(target.Path, ct) : null))
        {
            return before;
        }

        if (!(await Task.Run(() => Take(new FoundFile(before.Path, target.Path, status.Stamp), ct), ct)).TryGet(out var taken, out var problem))
        {
            return problem;
        }

        return before with { Md5 = taken.Md5, Size = taken.Size, FileCount = null, IsExecutable = status.IsExecutable, Hash = "md5" };
    }

    private async Task<Result<DvcOut>> FolderAsync(AddTarget target, DvcOut before, CancellationToken ct)
    {
        var isPart = target.Parts.Length > 0 && before.Md5 is not null && _repository.Cache.Has(before.Md5, before.IsLegacy);
        if (!isPart && IsUnchangedLegacy(before, before.IsLegacy ? DirObject.NameOf(FolderScan.Listing(_repository, target.Path, true, ct).ToBytes()) : null))
        {
            return before;
        }

        var found = isPart
            ? [.. target.Parts.SelectMany(part => Find(target.Path, part, ct))]
            : FolderScan.Run(_repository, target.Path, ct);
        var sizes = new ConcurrentDictionary<string, (string Md5, long Size)>(StringComparer.Ordinal);
        if (await TakeAllAsync(found, sizes, ct) is { } problem)
        {
            return problem;
        }

        var entries = sizes.Select(pair => new DirEntry(pair.Key, pair.Value.Md5));
        long others = 0;
        if (isPart)
        {
            if (!DirObject.Parse(await File.ReadAllBytesAsync(_repository.Cache.PathOf(before.Md5!, before.IsLegacy), ct), before.Md5!).TryGet(out var old, out var corrupt))
            {
                return corrupt;
            }

            var kept = old.Entries.Where(e => !target.Parts.Any(part => IsBelow(target.Path, part, e.RelativePath))).ToArray();
            others = kept.Sum(e => new FileInfo(_repository.Cache.PathOf(e.Md5, before.IsLegacy)) is { Exists: true } file ? file.Length : 0);
            entries = entries.Concat(kept);
            StageFolderParts(target, sizes);
        }

        var listing = DirObject.Of(entries);
        var name = _staging is null ? DirObject.NameOf(listing.ToBytes()) : _staging.AddDir(listing);
        return before with
        {
            Md5 = name,
            Size = others + sizes.Values.Sum(v => v.Size),
            FileCount = listing.Entries.Length,
            IsExecutable = false,
            Hash = "md5",
        };
    }

    // A folder added inside a tracked one leaves its own listing in the cache too, as DVC does.
    private void StageFolderParts(AddTarget target, ConcurrentDictionary<string, (string Md5, long Size)> taken)
    {
        foreach (var part in target.Parts.Where(part => _staging is not null && Directory.Exists(part)))
        {
            var prefix = Path.GetRelativePath(target.Path, part).Replace(Path.DirectorySeparatorChar, '/') + "/";
            _staging!.AddDir(DirObject.Of(taken
                .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(pair => new DirEntry(pair.Key[prefix.Length..], pair.Value.Md5))));
        }
    }

    private async Task<Problem?> TakeAllAsync(IReadOnlyList<FoundFile> found, ConcurrentDictionary<string, (string Md5, long Size)> taken, CancellationToken ct)
    {
        _total += found.Count;
        Problem? problem = null;
        foreach (var batch in found.Chunk(Batch))
        {
            await Parallel.ForEachAsync(batch, ct, (file, token) =>
            {
                if (Take(file, token).TryGet(out var one, out var failed))
                {
                    taken[file.RelativePath] = one;
                }
                else
                {
                    Interlocked.CompareExchange(ref problem, failed, null);
                }

                return ValueTask.CompletedTask;
            });
            if (problem is not null)
            {
                return problem;
            }

            if (batch.Length == Batch)
            {
                _staging?.Commit();
            }
        }

        return null;
    }

    private Result<(string Md5, long Size)> Take(FoundFile file, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var stamp = file.Stamp;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var known = _repository.Index.Find(file.Path, stamp);
            var md5 = known is not null && (_staging is null || _repository.Cache.Has(known)) ? known
                : _staging is null ? FileHasher.Md5(file.Path, ct)
                : _staging.AddFile(file.Path, ct);
            if (FileStamp.Of(file.Path) is not { } after)
            {
                break;
            }

            if (after == stamp)
            {
                if (known is null)
                {
                    _repository.Index.Remember(file.Path, stamp, md5);
                }

                _progress?.Report(new DataProgress("Adding", Interlocked.Increment(ref _done), _total, Interlocked.Add(ref _bytes, stamp.Size)));
                return (md5, stamp.Size);
            }

            stamp = after;
        }

        return new Problem(
            "data.changing",
            $"'{_repository.Environment.Show(file.Path)}' changed while it was being added",
            "Stop what writes it and add it again.",
            ProblemKind.Conflict);
    }

    private IEnumerable<FoundFile> Find(string folder, string part, CancellationToken ct)
    {
        var prefix = Path.GetRelativePath(folder, part).Replace(Path.DirectorySeparatorChar, '/');
        return FileStamp.Of(part) is { } stamp
            ? [new FoundFile(prefix, part, stamp)]
            : FolderScan.Run(_repository, part, ct).Select(f => f with { RelativePath = $"{prefix}/{f.RelativePath}" });
    }

    private static bool IsBelow(string folder, string part, string relative)
    {
        var prefix = Path.GetRelativePath(folder, part).Replace(Path.DirectorySeparatorChar, '/');
        return relative == prefix || relative.StartsWith(prefix + "/", StringComparison.Ordinal);
    }

    // Data of DVC 2 keeps its old digest as long as it does not change.
    private static bool IsUnchangedLegacy(DvcOut before, string? md5) => before.IsLegacy && before.Md5 == md5;
}
