using Microsoft.Playwright;

namespace Millwright.Web.Tests.Browser;

/// <summary>Runs that a notebook logs stand beside those of pipelines.</summary>
[Trait("Needs", "Browser")]
public sealed class ClientRunTests(BrowserFixture browser)
{
    [Fact]
    public async Task Runs_OfPipelinesAndOfClients_StandInOneTable()
    {
        await using var watched = await browser.OpenAsync("/runs", scripts: false);

        await Assertions.Expect(Row(watched, "deeper trees")).ToContainTextAsync("finished");
        await Assertions.Expect(Row(watched, "deeper trees")).ToContainTextAsync(ClientSeeds.Experiment);
        await Assertions.Expect(Row(watched, "deeper trees")).ToContainTextAsync("lin");
        await Assertions.Expect(Row(watched, "deeper trees")).ToContainTextAsync("7 min 0 s");
        await Assertions.Expect(Row(watched, "deeper trees")).ToContainTextAsync("val_auc 0.844");
        await Assertions.Expect(watched.Page.Locator("tr", new() { HasTextString = "The command of step 'gate' ended with exit code 1." }).First).ToContainTextAsync("failed");
    }

    [Fact]
    public async Task Runs_FilteredAndSorted_AnswersWhichRunIsBest()
    {
        await using var watched = await browser.OpenAsync("/runs", scripts: false);
        var page = watched.Page;
        await page.GetByLabel("Logged by").SelectOptionAsync("client");
        await page.GetByLabel("Experiment or pipeline").FillAsync(ClientSeeds.Experiment);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.Locator(".run-name a")).ToHaveTextAsync(["still learning", "baseline", "deeper trees"]);

        await page.GetByRole(AriaRole.Link, new() { Name = "val_auc" }).ClickAsync();
        await Assertions.Expect(page.Locator(".run-name a")).ToHaveTextAsync(["deeper trees", "still learning", "baseline"]);
        await Assertions.Expect(page.Locator("th[aria-sort='descending']")).ToContainTextAsync("val_auc");
        await page.GetByRole(AriaRole.Link, new() { Name = "train_loss" }).ClickAsync();
        await Assertions.Expect(page.Locator("th[aria-sort='ascending']")).ToContainTextAsync("train_loss");
        await Assertions.Expect(page.Locator(".run-name a").First).ToHaveTextAsync("deeper trees");

        await page.GetByLabel("State").SelectOptionAsync("running");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.Locator(".run-name a")).ToHaveTextAsync(["still learning"]);
    }

    [Fact]
    public async Task Runs_MoreThanAPage_ArePagedWithoutLosingTheFilter()
    {
        // A project of its own: the others' tables stay short.
        await using var project = await RunningProject.StartAsync();
        var made = await ClientSeeds.CallAsync(project, "experiments/create", new { name = "sweep" });
        foreach (var number in Enumerable.Range(1, 53))
        {
            await ClientSeeds.CallAsync(project, "runs/create", new { experiment_id = made.GetProperty("experiment_id").GetString(), run_name = $"trial {number}", start_time = 1_700_000_000_000 + number });
        }

        await using var watched = await browser.OpenAsync("/runs?experiment=sweep", scripts: false, origin: project.Url);
        var names = watched.Page.Locator(".run-name a");
        await Assertions.Expect(names).ToHaveCountAsync(50);
        await Assertions.Expect(names.First).ToHaveTextAsync("trial 53");
        await watched.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();

        await Assertions.Expect(names).ToHaveTextAsync(["trial 3", "trial 2", "trial 1"]);
        await watched.Page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();
        await Assertions.Expect(names.First).ToHaveTextAsync("trial 53");
    }

    [Fact]
    public async Task ClientRun_TickedWithAPipelinesRun_IsCompared()
    {
        var project = await browser.ProjectAsync();
        await using var watched = await browser.OpenAsync("/runs");
        foreach (var run in (string[])["client", "run"])
        {
            await watched.Page.Locator($"input[name=ids][value='{project.Known[run]}']").CheckAsync();
        }

        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();

        var depth = watched.Page.Locator("tr.differs", new() { Has = watched.Page.GetByRole(AriaRole.Rowheader, new() { Name = "max_depth" }) });
        await Assertions.Expect(depth.Locator("td")).ToContainTextAsync(["–", "8"]);
    }

    [Fact]
    public async Task RunPage_OfAClient_HasParametersTagsChartsAndFiles()
    {
        var project = await browser.ProjectAsync();
        await using var watched = await browser.OpenAsync("/runs");
        var page = watched.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "deeper trees" }).ClickAsync();
        await watched.SettleAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("deeper trees");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Parameters" }).Last).ToContainTextAsync("gbtree");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Tags", Exact = true }).First).ToContainTextAsync("retention");
        await Assertions.Expect(page.Locator("mw-chart[label='val_auc by step'][drawn] canvas")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("section", new() { HasTextString = "val_auc by step" }).First).ToContainTextAsync("best 0.844 at step 19");

        await page.GetByRole(AriaRole.Link, new() { Name = "model/" }).ClickAsync();
        var file = page.GetByRole(AriaRole.Link, new() { Name = "model.json" });
        await Assertions.Expect(file).ToHaveCountAsync(1);
        (await project.Http.GetStringAsync(await file.GetAttributeAsync("href"))).ShouldBe("{\"learner\":{}}");
        var download = await page.RunAndWaitForDownloadAsync(() => file.ClickAsync());
        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldBe("{\"learner\":{}}");
        watched.Complaints.ShouldBeEmpty();
        page.Url.ShouldContain(project.Known["client"]);
    }

    [Fact]
    public async Task RunPage_WhileAClientLogs_ItsChartGrowsAndEnds()
    {
        var project = await browser.ProjectAsync();
        var made = await ClientSeeds.CallAsync(project, "runs/create", new { experiment_id = "0", run_name = "watched", start_time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() });
        var id = made.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
        await ClientSeeds.LogAsync(project, id, "loss", 0.9, 0);
        await ClientSeeds.LogAsync(project, id, "loss", 0.7, 1);
        await using var watched = await browser.OpenAsync($"/runs/{id}");
        await watched.SettleAsync();
        await watched.Page.EvaluateAsync("window.same = document.querySelector('mw-chart canvas')");
        await ClientSeeds.LogAsync(project, id, "loss", 0.6, 2);

        var rows = watched.Page.Locator("mw-chart[label='loss by step'] tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(3, new() { Timeout = 20_000 });
        (await watched.Page.EvaluateAsync<bool>("window.same === document.querySelector('mw-chart canvas')")).ShouldBeTrue("the drawn chart stays and grows");
        await ClientSeeds.CallAsync(project, "runs/update", new { run_id = id, status = "FAILED", end_time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() });
        await Assertions.Expect(watched.Page.Locator("#run .facts .verdict").First).ToContainTextAsync("failed", new() { Timeout = 20_000 });
        await Assertions.Expect(watched.Page.Locator("mw-live[running]")).ToHaveCountAsync(0);
    }

    private static ILocator Row(WatchedPage watched, string name) =>
        watched.Page.Locator("tr", new() { Has = watched.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });
}
