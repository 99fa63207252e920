using System.Net;
using System.Text;
using System.Text.Json;

namespace Millwright.Server.Tests;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Media type.</param>
/// <param name="Json">Body.</param>
internal sealed record Answer(HttpStatusCode Status, string? Type, JsonElement Json)
{
    public JsonElement this[string member] => Json.GetProperty(member);

    public string Text(string member) => Json.GetProperty(member).ToString();

    /// <summary>It is this problem, in the shape of RFC 9457, with a fix.</summary>
    public Answer ShouldBeProblem(HttpStatusCode status, string code)
    {
        Status.ShouldBe(status, Json.ToString());
        Type.ShouldBe("application/problem+json");
        Text("code").ShouldBe(code);
        this["status"].GetInt32().ShouldBe((int)status);
        Text("title").ShouldNotBeEmpty();
        Text("fix").ShouldNotBeEmpty();
        return this;
    }

    /// <summary>It went well.</summary>
    public Answer ShouldBeOk()
    {
        Status.ShouldBe(HttpStatusCode.OK, Json.ToString());
        Type.ShouldBe("application/json");
        return this;
    }
}

/// <summary>Somebody who calls the server's own API.</summary>
internal sealed class Api(HttpClient http, string actor) : IDisposable
{
    public HttpClient Http => http;

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <param name="path">Relative.</param>
    /// <param name="body">Something to write as JSON, or a text to send as it is.</param>
    public Task<Answer> PostAsync(string path, object body) =>
        SendAsync(HttpMethod.Post, path, new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("X-Millwright-Actor", actor);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    /// <summary>One prediction for a key: the version that answered and the prediction's id.</summary>
    public async Task<(string Version, string Id)> InferAsync(string model, string key, int tenure = 30, string plan = "a")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/models/{model}/infer")
        {
            Content = new StringContent(
                $$"""{"inputs": [{"name": "tenure", "shape": [1], "datatype": "INT64", "data": [{{tenure}}]}, {"name": "plan", "shape": [1], "datatype": "BYTES", "data": ["{{plan}}"]}]}""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-mw-key", key);
        using var response = await http.SendAsync(request);
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        response.StatusCode.ShouldBe(HttpStatusCode.OK, json.ToString());
        return (response.Headers.GetValues("x-mw-model-version").Single(), json.GetProperty("parameters").GetProperty("prediction_ids").GetString()!);
    }

    public void Dispose() => http.Dispose();
}
