using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Millwright.Abstractions.Results;

namespace Millwright.Monitoring.Notify;

/// <summary>
/// Posts alerts as JSON. A receiver takes a message by answering with any 2xx within ten seconds. Headers: <c>X-Millwright-Message</c> is the
/// message's id; <c>X-Millwright-Signature</c> is <c>t=SECONDS,v1=HEX</c> where HEX = HMAC-SHA256(secret, SECONDS + "." + body).
/// </summary>
internal sealed class WebhookChannel(IOptions<MonitoringOptions> options, TimeProvider clock) : IAlertChannel, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public string Name => "webhook";

    public IReadOnlyList<string> Targets => [.. options.Value.Receivers().Select(webhook => webhook.Url!.AbsoluteUri)];

    public async Task<Result<Done>> SendAsync(Notice notice, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, notice.Target) { Content = new StringContent(notice.Payload, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("X-Millwright-Message", notice.Id);
        if (options.Value.Receivers().FirstOrDefault(webhook => webhook.Url!.AbsoluteUri == notice.Target)?.Secret is { Length: > 0 } secret)
        {
            request.Headers.Add("X-Millwright-Signature", Sign(secret, clock.GetUtcNow().ToUnixTimeSeconds(), notice.Payload));
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? Done.Value : NotTaken($"it answered {(int)response.StatusCode} {response.ReasonPhrase}");
        }
        catch (HttpRequestException failure)
        {
            return NotTaken(failure.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return NotTaken($"no answer within {Patience.TotalSeconds} s");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The signature header's value.</summary>
    internal static string Sign(string secret, long seconds, string body)
    {
        var stamp = seconds.ToString(CultureInfo.InvariantCulture);
        return $"t={stamp},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}.{body}")))}";
    }

    private static Problem NotTaken(string why) =>
        new("webhook.not_taken", $"The receiver did not take the message: {why}.", "It is sent again; check the receiver.", ProblemKind.Unavailable);
}
