using System.Net;
using Millwright.Web.Tests.Browser;

namespace Millwright.Web.Tests.Connection;

/// <summary>What the server refuses of browsers that another site steers.</summary>
public sealed class BrowserGuardTests : IAsyncLifetime
{
    private RunningProject _project = null!;

    public async ValueTask InitializeAsync() => _project = await RunningProject.StartAsync();

    public async ValueTask DisposeAsync() => await _project.DisposeAsync();

    [Fact]
    public async Task Form_OfAnotherSite_IsRefused()
    {
        using var request = Theme("/");
        request.Headers.Add("Origin", "http://evil.example");

        (await _project.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Form_OfAnotherPortOfThisMachine_IsRefused()
    {
        using var request = Theme("/");
        request.Headers.Add("Origin", "http://127.0.0.1:1");

        (await _project.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Form_OfThisSite_IsTaken()
    {
        using var request = Theme("/ledger?kind=a.*");
        request.Headers.Add("Origin", _project.Url.TrimEnd('/'));

        var answer = await _project.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.ToString().ShouldBe("/ledger?kind=a.*");
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("http://evil.example/")]
    public async Task Form_ThatWouldLeadAway_LeadsHome(string back)
    {
        using var request = Theme(back);

        (await _project.Http.SendAsync(request)).Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task Host_ThatIsNotThisMachine_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/ledger");
        request.Headers.Host = "evil.example";

        (await _project.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task Page_ItsHeaders_AllowThisServerOnly()
    {
        var answer = await _project.Http.GetAsync("/ledger");

        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("application/json", null)]
    public async Task UnknownAddress_IsA404InTheAskersFormat(string accept, string? type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no/such/page");
        request.Headers.Add("Accept", accept);

        var answer = await _project.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe(type);
    }

    private static HttpRequestMessage Theme(string back) => new(HttpMethod.Post, "/preferences/theme")
    {
        Content = new FormUrlEncodedContent([new("theme", "dark"), new("back", back)]),
    };
}
