using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Millwright.Abstractions.Serving;

namespace Millwright.Serving.Predictions;

/// <summary>The segments of one model. One writer, any number of readers.</summary>
internal sealed class ModelLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly ServingOptions _options;
    private readonly List<Segment> _segments = [];
    private readonly BlockWriter _writer = new();
    private SafeFileHandle? _file;
    private bool _isDirty;

    public ModelLog(string folder, string model, ServingOptions options)
    {
        (_folder, Model, _options) = (folder, model, options);
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.mwp") : [];
        Array.Sort(paths, StringComparer.Ordinal);
        for (var index = 0; index < paths.Length; index++)
        {
            _segments.Add(Segment.Open(paths[index], isLast: index == paths.Length - 1));
        }
    }

    public string Model { get; }

    /// <summary>Gathers a record for the next <see cref="Write"/>.</summary>
    public void Gather(Prediction prediction) => _writer.Add(prediction);

    public int GatheredBytes => _writer.Length;

    /// <summary>Writes what was gathered as one block. When the disk refuses, what was gathered is lost and its number returned.</summary>
    public int Write(DateTimeOffset now, out Exception? failure)
    {
        failure = null;
        if (_writer.IsEmpty)
        {
            return 0;
        }

        try
        {
            var segment = OpenLast(now);
            var bytes = _writer.Seal(segment.Length, out var block);
            RandomAccess.Write(_file!, bytes, segment.Length);
            _isDirty = true;
            lock (_gate)
            {
                segment.Add(block);
            }

            return 0;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The torn block lies beyond the segment's length; the next one overwrites it.
            failure = refused;
            return _writer.Count;
        }
        finally
        {
            _writer.Clear();
        }
    }

    /// <summary>Makes everything written survive a power cut.</summary>
    public void Sync()
    {
        if (_isDirty && _file is not null)
        {
            RandomAccess.FlushToDisk(_file);
            _isDirty = false;
        }
    }

    /// <summary>Records in [from, to), in order of time. Memory is bounded by how many blocks overlap in time.</summary>
    public IEnumerable<Prediction> Read(long from, long to, Func<Prediction, bool>? wanted = null)
    {
        List<(Segment Segment, Block Block)> blocks;
        lock (_gate)
        {
            blocks = [.. _segments.SelectMany(segment => segment.Blocks.Where(block => block.Overlaps(from, to)).Select(block => (segment, block)))];
        }

        blocks.Sort((one, other) => one.Block.Least.CompareTo(other.Block.Least));
        return Merge(blocks, from, to, wanted);
    }

    public void Dispose()
    {
        Sync();
        _file?.Dispose();
        _file = null;
    }

    private IEnumerable<Prediction> Merge(List<(Segment Segment, Block Block)> blocks, long from, long to, Func<Prediction, bool>? wanted)
    {
        var waiting = new PriorityQueue<Prediction, (long Ticks, string Id)>(Comparer<(long Ticks, string Id)>.Create(
            (one, other) => one.Ticks != other.Ticks ? one.Ticks.CompareTo(other.Ticks) : string.CompareOrdinal(one.Id, other.Id)));
        using var files = new OpenFiles();
        foreach (var (segment, block) in blocks)
        {
            while (waiting.TryPeek(out var next, out var at) && at.Ticks < block.Least)
            {
                waiting.Dequeue();
                yield return next;
            }

            foreach (var record in ReadBlock(files, segment, block))
            {
                if (record.At.UtcTicks >= from && record.At.UtcTicks < to && (wanted is null || wanted(record)))
                {
                    waiting.Enqueue(record, (record.At.UtcTicks, record.Id));
                }
            }
        }

        while (waiting.TryDequeue(out var next, out _))
        {
            yield return next;
        }
    }

    // A block whose checksum is wrong is left out; the others are whole by themselves.
    private List<Prediction> ReadBlock(OpenFiles files, Segment segment, Block block) =>
        files.Get(segment.Path) is { } file && Segment.ReadIntact(file, block) is { } payload
            ? BlockReader.ReadAll(Model, payload.Span, block.Count)
            : [];

    private Segment OpenLast(DateTimeOffset now)
    {
        if (_segments.Count == 0 || _segments[^1].Length >= _options.SegmentBytes)
        {
            Roll(now);
        }

        _file ??= File.OpenHandle(_segments[^1].Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return _segments[^1];
    }

    private void Roll(DateTimeOffset now)
    {
        Dispose();
        Directory.CreateDirectory(_folder);
        var number = _segments.Count == 0 ? 1 : int.Parse(Path.GetFileNameWithoutExtension(_segments[^1].Path), CultureInfo.InvariantCulture) + 1;
        var expired = new List<Segment>();
        lock (_gate)
        {
            var oldest = (now - _options.KeepFor).UtcTicks;
            var kept = _segments.Sum(segment => segment.Length);
            while (_segments.Count > 0 && (kept > _options.KeepBytes || _segments[0].Greatest < oldest))
            {
                kept -= _segments[0].Length;
                expired.Add(_segments[0]);
                _segments.RemoveAt(0);
            }

            _segments.Add(Segment.Create(Path.Combine(_folder, number.ToString("D8", CultureInfo.InvariantCulture) + ".mwp")));
        }

        foreach (var segment in expired)
        {
            File.Delete(segment.Path);
        }
    }

    private sealed class OpenFiles : IDisposable
    {
        private string? _path;
        private SafeFileHandle? _file;

        /// <summary>The file, or null when retention deleted it meanwhile.</summary>
        public SafeFileHandle? Get(string path)
        {
            if (path != _path)
            {
                _file?.Dispose();
                (_path, _file) = (path, File.Exists(path) ? Open(path) : null);
            }

            return _file;
        }

        public void Dispose() => _file?.Dispose();

        private static SafeFileHandle? Open(string path)
        {
            try
            {
                return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        }
    }
}
