using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Millwright.Server.Tests.Serving;

/// <summary>Bad requests over real HTTP, on both protocols: a client error in the protocol's own shape, and the server goes on.</summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    private const string Oip = "/v2/models/churn/infer";
    private const string MLflow = "/models/churn/invocations";

    private ServingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServingServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(Oip, "", 400, "empty")]
    [InlineData(Oip, """{"inputs": [{"name": "ten""", 400, "not JSON")]
    [InlineData(Oip, "[]", 400, "not a JSON object")]
    [InlineData(Oip, """{"inputs": [{"name": "tenor", "shape": [1], "datatype": "INT64", "data": [3]}, {"name": "plan", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}""", 400, "tenor")]
    [InlineData(Oip, """{"inputs": [{"name": "tenure", "shape": [1], "datatype": "INT64", "data": [3]}]}""", 400, "plan")]
    [InlineData(Oip, """{"inputs": [{"name": "tenure", "shape": [2], "datatype": "INT64", "data": [3]}, {"name": "plan", "shape": [2], "datatype": "BYTES", "data": ["a", "b"]}]}""", 400, "shape says 2")]
    [InlineData(Oip, """{"inputs": [{"name": "tenure", "shape": [1], "datatype": "INT64", "data": ["many"]}, {"name": "plan", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}""", 400, "tenure")]
    [InlineData(Oip, """{"inputs": [{"name": "tenure", "shape": [1], "datatype": "INT64", "data": [NaN]}, {"name": "plan", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}""", 400, "NaN")]
    [InlineData(MLflow, "", 400, "empty")]
    [InlineData(MLflow, """{"dataframe_records": [{"ten""", 400, "not JSON")]
    [InlineData(MLflow, "null", 400, "not a JSON object")]
    [InlineData(MLflow, """{"dataframe_records": [{"tenor": 3, "plan": "a"}]}""", 400, "'tenure' is missing")]
    [InlineData(MLflow, """{"dataframe_records": [{"tenure": 3}]}""", 400, "plan")]
    [InlineData(MLflow, """{"dataframe_split": {"columns": ["tenure", "plan"], "data": [[3]]}}""", 400, "row 0")]
    [InlineData(MLflow, """{"dataframe_records": [{"tenure": "many", "plan": "a"}]}""", 400, "tenure")]
    [InlineData(MLflow, """{"dataframe_records": [{"tenure": NaN, "plan": "a"}]}""", 400, "NaN")]
    public async Task WrongBody_NamesWhatIsWrong(string path, string body, int status, string said)
    {
        using var response = await _server.Http.PostAsync(path, Json(body));
        await ShouldRefuseAsync(response, path, status, said);
    }

    [Theory]
    [InlineData(Oip, 400, "not JSON")]
    [InlineData(MLflow, 415, "application/x-www-form-urlencoded")]
    public async Task Form_IsRefused(string path, int status, string said)
    {
        using var response = await _server.Http.PostAsync(path, new FormUrlEncodedContent([new("tenure", "3"), new("plan", "a")]));
        await ShouldRefuseAsync(response, path, status, said);
    }

    [Theory]
    [InlineData(Oip)]
    [InlineData(MLflow)]
    public async Task GzipBomb_IsNotUnpacked(string path)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var blanks = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 100; megabyte++)
            {
                await gzip.WriteAsync(blanks);
            }
        }

        var content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } } };
        using var response = await _server.Http.PostAsync(path, content);
        await ShouldRefuseAsync(response, path, 415, "compressed ('gzip')");
    }

    [Theory]
    [InlineData(Oip)]
    [InlineData(MLflow)]
    public async Task DeepNesting_IsRefused(string path)
    {
        using var response = await _server.Http.PostAsync(path, Json("{\"inputs\": " + new string('[', 500_000)));
        await ShouldRefuseAsync(response, path, 400, "");
    }

    private async Task ShouldRefuseAsync(HttpResponseMessage response, string path, int status, string said)
    {
        ((int)response.StatusCode).ShouldBe(status);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        error.EnumerateObject().Select(member => member.Name).ShouldBe(path == Oip ? ["error"] : ["error_code", "message"]);
        error.GetProperty(path == Oip ? "error" : "message").GetString()!.ShouldContain(said);
        using var next = await _server.Http.PostAsync(MLflow, Json("""{"dataframe_records": [{"tenure": 3, "plan": "a"}]}"""));
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
