using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Serving;

namespace Millwright.Server.Tests.Serving;

public sealed class ServingEndpointsTests : IAsyncLifetime
{
    private const string Row = """{"id": "r", "inputs": [{"name": "tenure", "shape": [1], "datatype": "INT64", "data": [30]}, {"name": "plan", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}""";

    private ServingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServingServer.StartAsync(options => options with { MaxBodyBytes = 100_000 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v2/models/churn/infer")]
    [InlineData("/v2/models/churn/versions/1/infer")]
    public async Task Infer_OverHttp_AnswersAndLogs(string path)
    {
        using var response = await _server.Http.PostAsync(path, Json(Row));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-mw-model-version").ShouldBe(["1"]);
        response.Headers.GetValues("x-mw-deployment").ShouldBe(["d1"]);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        json.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble().ShouldBe(1 / (1 + Math.Exp(-2)), 1e-6);
        json.GetProperty("outputs")[1].GetProperty("data")[0].GetString().ShouldBe("Yes");
        var id = json.GetProperty("parameters").GetProperty("prediction_ids").GetString()!;
        (await _server.Services.GetRequiredService<IPredictionLog>().FindAsync(id, default)).ShouldNotBeNull().Values.ShouldBe([30.0, "a"]);
    }

    [Theory]
    [InlineData("/invocations")]
    [InlineData("/models/churn/invocations")]
    public async Task Invocations_OverHttp_Answers(string path)
    {
        using var response = await _server.Http.PostAsync(path, Json("""{"dataframe_records": [{"tenure": 3, "plan": "b"}, {"tenure": 30, "plan": "b"}]}"""));
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        json.GetProperty("predictions").EnumerateArray().Select(score => Math.Round(score.GetDouble(), 4)).ShouldBe([0.2689, 0.8808]);
    }

    [Fact]
    public async Task Metadata_OfServerAndModel_SaysWhatToSend()
    {
        (await _server.Http.GetFromJsonAsync<JsonElement>("/v2")).GetProperty("name").GetString().ShouldBe("millwright");
        var model = await _server.Http.GetFromJsonAsync<JsonElement>("/v2/models/churn");
        model.GetProperty("versions")[0].GetString().ShouldBe("1");
        model.GetProperty("inputs").EnumerateArray().Select(input => $"{input.GetProperty("name")}:{input.GetProperty("datatype")}").ShouldBe(["tenure:INT64", "plan:BYTES"]);
        model.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()).ShouldBe(["score", "label"]);
        foreach (var path in new[] { "/v2/health/live", "/v2/health/ready", "/v2/models/churn/ready", "/v2/models/churn/versions/1/ready", "/ping" })
        {
            using var ready = await _server.Http.GetAsync(path);
            ready.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Theory]
    [InlineData("/v2/models/churn/infer", "{", 400, "error")]
    [InlineData("/v2/models/churn/infer", """{"inputs": [{"name": "tenure", "shape": [1], "datatype": "INT64", "data": [NaN]}]}""", 400, "error")]
    [InlineData("/v2/models/other/infer", Row, 404, "error")]
    [InlineData("/v2/models/churn/versions/9/infer", Row, 404, "error")]
    [InlineData("/v2/models/churn/versions/latest/infer", Row, 404, "error")]
    [InlineData("/invocations", "{}", 400, "message")]
    [InlineData("/models/other/invocations", """{"instances": [[1, "a"]]}""", 404, "message")]
    public async Task Infer_Wrong_IsAClientErrorInTheProtocolsShape(string path, string body, int status, string member)
    {
        using var response = await _server.Http.PostAsync(path, Json(body));
        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(member).GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Infer_HugeBody_IsRefusedWithoutReadingIt(bool saysItsLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/churn/infer")
        {
            Content = new StreamContent(new Blanks(100L * 1024 * 1024, saysItsLength)),
        };
        request.Headers.ExpectContinue = true;
        using var response = await _server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!.ShouldContain("100000 bytes");
        using var next = await _server.Http.PostAsync("/v2/models/churn/infer", Json(Row));
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>A long body of blanks that is never in memory.</summary>
    private sealed class Blanks(long length, bool canSeek) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => canSeek;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, read).Fill((byte)' ');
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
