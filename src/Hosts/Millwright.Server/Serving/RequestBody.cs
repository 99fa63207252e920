using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Millwright.Server.Serving;

/// <summary>A request's body in a pooled array; give it back when the answer is written.</summary>
internal readonly struct RequestBody : IDisposable
{
    private const int Usual = 8 * 1024;

    private readonly byte[]? _bytes;
    private readonly int _length;

    private RequestBody(byte[]? bytes, int length) => (_bytes, _length) = (bytes, length);

    /// <summary>Whether the body was larger than the limit; then nothing of it is kept.</summary>
    public bool IsTooLarge => _bytes is null;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads up to <paramref name="limit"/> bytes; a larger body is not read to its end.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext context, long limit)
    {
        if (context.Request.ContentLength > limit)
        {
            return default;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } most)
        {
            // Counted here, so that the answer has the protocol's shape.
            most.MaxRequestBodySize = null;
        }

        var reader = context.Request.BodyReader;
        var bytes = ArrayPool<byte>.Shared.Rent((int)(context.Request.ContentLength ?? Usual) + 1);
        var length = 0;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var arrived = read.Buffer;
            if (length + arrived.Length > limit)
            {
                reader.AdvanceTo(arrived.End);
                ArrayPool<byte>.Shared.Return(bytes);
                return default;
            }

            if (length + arrived.Length > bytes.Length)
            {
                bytes = Grow(bytes, length, (int)(length + arrived.Length));
            }

            arrived.CopyTo(bytes.AsSpan(length));
            length += (int)arrived.Length;
            reader.AdvanceTo(arrived.End);
            if (read.IsCompleted)
            {
                return new RequestBody(bytes, length);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }

    private static byte[] Grow(byte[] bytes, int length, int wanted)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, bytes.Length * 2));
        bytes.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        return larger;
    }
}
