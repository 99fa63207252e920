using System.Net;
using System.Net.Http.Headers;
using Millwright.Server.Hosting;
using Millwright.Server.Project;
using Millwright.Testing;

namespace Millwright.Server.Tests.Identity;

/// <summary>Who may come over the network, and as whom.</summary>
[Trait("Needs", "Server")]
public sealed class TokensTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(tokens: new Dictionary<string, string> { ["s3cret"] = "alice", ["t0ken"] = "bob" });

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("/api/models", null)]
    [InlineData("/api/models", "Bearer wrong")]
    [InlineData("/api/models", "Basic s3cret")]
    [InlineData("/api/2.0/mlflow/experiments/search", null)]
    [InlineData("/v2/models/churn/infer", null)]
    [InlineData("/metrics", null)]
    public async Task Request_WithoutAKnownToken_IsRefusedWithTheFix(string path, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", header);

        var answer = await _server.Client().SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Authorization: Bearer TOKEN");
    }

    [Fact]
    public async Task Change_WithAToken_IsItsOwnersWhateverTheCallerSays()
    {
        await _server.RegisterStumpAsync("churn");
        var http = _server.Client();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t0ken");
        http.DefaultRequestHeaders.Add("X-Millwright-Actor", "mallory");

        var version = await (await http.PostAsync("/api/models/churn/versions/1/approve", new StringContent("{}", MediaTypeHeaderValue.Parse("application/json")))).Content.ReadAsStringAsync();

        version.ShouldContain("\"by\":\"bob\"");
        version.ShouldNotContain("mallory");
    }

    [Fact]
    public async Task Browser_WithoutAToken_SignsInAndComesBack()
    {
        var browser = Browser();
        var asked = await browser.GetAsync("/runs?kind=client");
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        asked.Headers.Location!.ToString().ShouldBe("/sign-in?back=%2Fruns%3Fkind%3Dclient");
        (await browser.GetStringAsync("/sign-in?back=%2Fruns%3Fkind%3Dclient")).ShouldContain("name=\"token\"");

        var signedIn = await browser.PostAsync("/sign-in", Form("s3cret", "/runs?kind=client"));

        signedIn.Headers.Location!.ToString().ShouldBe("/runs?kind=client");
        signedIn.Headers.GetValues("Set-Cookie").Single().ShouldSatisfyAllConditions(
            cookie => cookie.ShouldContain("httponly", Case.Insensitive),
            cookie => cookie.ShouldContain("samesite=lax", Case.Insensitive));
        (await browser.GetStringAsync("/")).ShouldContain("alice");

        await browser.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        (await browser.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task SignIn_WithAnUnknownToken_SaysSoAndGivesNoCookie()
    {
        var answer = await Browser().PostAsync("/sign-in", Form("guess", "/runs"));

        answer.Headers.Location!.ToString().ShouldBe("/sign-in?wrong=true&back=%2Fruns");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task SignIn_ThatWouldLeadAway_LeadsHome() =>
        (await Browser().PostAsync("/sign-in", Form("s3cret", "//evil.example/"))).Headers.Location!.ToString().ShouldBe("/");

    [Fact]
    public async Task Form_OfAnotherSite_IsRefusedAlsoWithTheCookie()
    {
        var browser = Browser();
        await browser.PostAsync("/sign-in", Form("s3cret", "/"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/preferences/theme") { Content = new FormUrlEncodedContent([new("theme", "dark"), new("back", "/")]) };
        request.Headers.Add("Origin", "http://evil.example");

        (await browser.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Listening_BeyondLoopbackWithoutTokens_IsRefused()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder[".millwright"]);

        var started = await ServerHost.StartAsync(new ProjectFolder(folder.Path), new ListenOptions { Port = 0, Address = IPAddress.Any }, TimeProvider.System, default);

        started.TryGet(out _, out var problem).ShouldBeFalse();
        problem!.Fix.ShouldContain("MILLWRIGHT_TOKENS");
    }

    private HttpClient Browser()
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = _server.Url };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return http;
    }

    private static FormUrlEncodedContent Form(string token, string back) => new([new("token", token), new("back", back)]);
}
