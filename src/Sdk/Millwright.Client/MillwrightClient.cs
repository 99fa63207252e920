using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Millwright.Contracts.Problems;

namespace Millwright.Client;

/// <summary>
/// Speaks the server's HTTP API. Every room adds its calls as an extension property (<c>client.Models</c>, <c>client.Ledger</c>).
/// Problems are thrown as <see cref="MillwrightException"/>. Thread-safe.
/// </summary>
public sealed class MillwrightClient(HttpClient http) : IDisposable
{
    /// <summary>The header that names who acts.</summary>
    public const string ActorHeader = "X-Millwright-Actor";

    /// <summary>A client of a server at a URL.</summary>
    /// <param name="server">Such as <c>https://mw.example.org</c>.</param>
    /// <param name="token">Bearer token; required beyond loopback.</param>
    /// <param name="actor">Who acts, when the token does not say.</param>
    public static MillwrightClient Connect(Uri server, string? token, string? actor)
    {
        var http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        if (actor is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(ActorHeader, Uri.EscapeDataString(actor));
        }

        return new MillwrightClient(http);
    }

    /// <summary>For requests that have no typed call.</summary>
    public HttpClient Http => http;

    /// <summary>GET.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
        return await ReadAsync(response, type, ct).ConfigureAwait(false);
    }

    /// <summary>POST with a body.</summary>
    public async Task<TOut> PostAsync<TIn, TOut>(string path, TIn body, JsonTypeInfo<TIn> inType, JsonTypeInfo<TOut> outType, CancellationToken ct)
    {
        using var content = JsonContent.Create(body, inType);
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
        return await ReadAsync(response, outType, ct).ConfigureAwait(false);
    }

    /// <summary>POST without a body.</summary>
    public async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, path), HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
        return await ReadAsync(response, type, ct).ConfigureAwait(false);
    }

    /// <summary>DELETE.</summary>
    public async Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
        return await ReadAsync(response, type, ct).ConfigureAwait(false);
    }

    /// <summary>Follows a stream of JSON lines (<c>application/x-ndjson</c>) until the server ends it.</summary>
    public async IAsyncEnumerable<T> FollowAsync<T>(string path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        await using var stream = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(ct).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0)
            {
                yield return JsonSerializer.Deserialize(line, type)!;
            }
        }
    }

    /// <summary>Sends any request; an answer that is not a success is thrown.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, completion, ct).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            // A dialler may already know what is wrong (no project here, database of a newer version).
            throw failure.InnerException as MillwrightException ?? new MillwrightException(
                new ProblemDto(503, $"The server at {http.BaseAddress} does not answer ({failure.Message}).", "server.unreachable", "Check MILLWRIGHT_SERVER and that the server runs.", []), failure);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new MillwrightException(await ReadProblemAsync(response, ct).ConfigureAwait(false));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct) =>
        await response.Content.ReadFromJsonAsync(type, ct).ConfigureAwait(false)
        ?? throw new MillwrightException(new ProblemDto(502, $"{response.RequestMessage?.RequestUri} answered with nothing.", "server.empty", "Is this a Millwright server of the same version?", []));

    private static async Task<ProblemDto> ReadProblemAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json")
        {
            var problem = await response.Content.ReadFromJsonAsync(ProblemJson.Default.ProblemDto, ct).ConfigureAwait(false);
            return problem! with { Details = problem.Details ?? [] };
        }

        var status = (int)response.StatusCode;
        return response.StatusCode is HttpStatusCode.Unauthorized
            ? new ProblemDto(status, "The server wants a token.", "server.token", "Set MILLWRIGHT_TOKEN.", [])
            : new ProblemDto(status, $"{response.RequestMessage?.RequestUri} answered {status} {response.ReasonPhrase}.", "server.unexpected", "Is this a Millwright server of the same version?", []);
    }
}
