using System.Collections.Concurrent;
using System.Text.Json;

namespace Millwright.Serving.Infer;

/// <summary>Everything that one request needs in memory, reused by the next.</summary>
internal sealed class Workspace
{
    private float[] _vectors = new float[256];
    private float[] _scores = new float[16];

    public RequestHead Head { get; } = new();

    public RowBatch Rows { get; } = new();

    public Utf8JsonWriter Json { get; } = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });

    public Memory<float> Vectors(int count) => Sized(ref _vectors, count);

    public Memory<float> Scores(int count) => Sized(ref _scores, count);

    private static Memory<float> Sized(ref float[] array, int count)
    {
        if (array.Length < count)
        {
            array = new float[Math.Max(count, array.Length * 2)];
        }

        return array.AsMemory(0, count);
    }

    /// <summary>A pool of workspaces; as many as there are requests at the same time, up to a limit.</summary>
    internal sealed class Pool
    {
        private const int Most = 64;

        private readonly ConcurrentQueue<Workspace> _free = new();

        public Workspace Rent() => _free.TryDequeue(out var workspace) ? workspace : new Workspace();

        public void Return(Workspace workspace)
        {
            // A huge request must not keep its memory for ever.
            if (_free.Count < Most && workspace._vectors.Length <= 1 << 20)
            {
                _free.Enqueue(workspace);
            }
        }
    }
}
