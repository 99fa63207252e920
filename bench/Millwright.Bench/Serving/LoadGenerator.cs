using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Millwright.Bench.Serving;

/// <summary>Sends one request over and over on some connections, each waiting for its answer; plain sockets, so that the client costs little.</summary>
internal static class LoadGenerator
{
    public static async Task<(double PerSecond, double P50, double P99)> RunAsync(int port, string path, string body, int connections, TimeSpan duration)
    {
        var request = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        var watch = Stopwatch.StartNew();
        var each = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(port, request, watch, duration))));
        var seconds = watch.Elapsed.TotalSeconds;
        var all = each.SelectMany(times => times).ToArray();
        Array.Sort(all);
        return (all.Length / seconds, all[all.Length / 2], all[all.Length * 99 / 100]);
    }

    private static async Task<List<double>> SendAsync(int port, byte[] request, Stopwatch watch, TimeSpan duration)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var times = new List<double>(1 << 16);
        var answer = new byte[16 * 1024];
        while (watch.Elapsed < duration)
        {
            var started = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            var (length, whole) = (0, int.MaxValue);
            while (length < whole)
            {
                var read = await socket.ReceiveAsync(answer.AsMemory(length));
                length = read > 0 ? length + read : throw new IOException("The server closed the connection.");
                whole = whole == int.MaxValue ? WholeLength(answer.AsSpan(0, length)) : whole;
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private static int WholeLength(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return int.MaxValue;
        }

        if (!answer.StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException(Encoding.UTF8.GetString(answer));
        }

        var label = "Content-Length: "u8;
        var from = answer.IndexOf(label) + label.Length;
        var digits = answer[from..end];
        var line = digits.IndexOf((byte)'\r');
        return end + 4 + int.Parse(line < 0 ? digits : digits[..line]);
    }
}
