using System.Net;
using AngleSharp.Html.Parser;
using Millwright.Web.Tests.Browser;

namespace Millwright.Web.Tests.Links;

/// <summary>Every link of every page leads somewhere.</summary>
[Trait("Needs", "Browser")]
public sealed class LinkTests(BrowserFixture browser)
{
    [Fact]
    public async Task Links_OfEveryPage_LeadToAPage()
    {
        var project = await browser.ProjectAsync();
        var links = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, path) in EveryPage.All)
        {
            foreach (var link in Links(await ReadAsync(project, project.Fill(path))))
            {
                links.TryAdd(link, name);
            }
        }

        links.Count.ShouldBeGreaterThan(60);
        var broken = new List<string>();
        foreach (var (link, page) in links)
        {
            using var answer = await AskAsync(project, link);
            if (answer.StatusCode is not HttpStatusCode.OK && !IsMadeUp(link))
            {
                broken.Add($"{page}: {link} answers {(int)answer.StatusCode}");
            }
        }

        broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task LinkWithTwoConditions_KeepsBoth()
    {
        var project = await browser.ProjectAsync();
        var links = Links(await ReadAsync(project, project.Fill(EveryPage.All["alert"]))).Concat(Links(await ReadAsync(project, "/ledger?kind=run.*&before=12"))).ToList();

        links.ShouldContain(link => link.Contains("version=1&column=", StringComparison.Ordinal));
        links.ShouldAllBe(link => !link.Contains("amp;", StringComparison.Ordinal));
    }

    // The ledger's first events tell of a run and a deployment that this project never had.
    private static bool IsMadeUp(string link) => link.Contains("01jd8z", StringComparison.Ordinal);

    private static IEnumerable<string> Links(string html) =>
        new HtmlParser().ParseDocument(html).QuerySelectorAll("a[href^='/']").Select(link => link.GetAttribute("href")!.Split('#')[0]);

    private static async Task<string> ReadAsync(RunningProject project, string path)
    {
        using var answer = await AskAsync(project, path);
        return await answer.Content.ReadAsStringAsync();
    }

    private static Task<HttpResponseMessage> AskAsync(RunningProject project, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        return project.Http.SendAsync(request);
    }
}
