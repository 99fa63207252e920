using Microsoft.Playwright;
using Millwright.Client.Pipelines;
using Millwright.Contracts.Pipelines;

namespace Millwright.Web.Tests.Browser;

/// <summary>A run watched while it goes on.</summary>
[Trait("Needs", "Browser")]
public sealed class LiveRunTests(BrowserFixture browser)
{
    [Fact]
    public async Task RunPage_WhileTheRunGoesOn_FollowsWithoutReload()
    {
        var project = await browser.ProjectAsync();
        var gate = Path.Combine(project.Root, "go");
        await File.WriteAllTextAsync(
            Path.Combine(project.Root, "pipelines", "slow.yaml"),
            $"name: slow\nsteps:\n  - {{ name: wait, cache: false, run: \"while [ ! -e {gate} ]; do sleep 0.1; done; echo went on\" }}\n");
        using var ada = project.ActAs("ada");
        var run = await ada.Pipelines.StartAsync(new StartRunDto("pipelines/slow.yaml", new Dictionary<string, string>(), []), CancellationToken.None);

        await using var watched = await browser.OpenAsync($"/runs/{run.Id}");
        var state = watched.Page.Locator("#run .facts .verdict").First;
        await Assertions.Expect(state).ToContainTextAsync("running");
        await watched.Page.EvaluateAsync("window.same = true");
        await File.WriteAllTextAsync(gate, "");

        await Assertions.Expect(state).ToContainTextAsync("succeeded", new() { Timeout = 20_000 });
        (await watched.Page.EvaluateAsync<bool>("window.same === true")).ShouldBeTrue();
        await Assertions.Expect(watched.Page.Locator("mw-live[running]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task MetricChart_WhileTheRunGoesOn_Grows()
    {
        var project = await browser.ProjectAsync();
        var more = Path.Combine(project.Root, "more");
        var report = "printf '{\"metric\": \"loss\", \"value\": 0.%s, \"step\": %s}\\n' $round $round >> $MILLWRIGHT_JOURNAL";
        await File.WriteAllTextAsync(
            Path.Combine(project.Root, "pipelines", "measured.yaml"),
            $"name: measured\nsteps:\n  - name: fit\n    cache: false\n    run: |\n      for round in 1 2; do {report}; done\n      while [ ! -e {more} ]; do sleep 0.1; done\n      for round in 3 4 5; do {report}; done\n");
        using var ada = project.ActAs("ada");
        var run = await ada.Pipelines.StartAsync(new StartRunDto("pipelines/measured.yaml", new Dictionary<string, string>(), []), CancellationToken.None);

        await using var watched = await browser.OpenAsync($"/runs/{run.Id}");
        var rows = watched.Page.GetByRole(AriaRole.Region, new() { Name = "loss by step, figures", IncludeHidden = true }).Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(2, new() { Timeout = 20_000 });
        await Assertions.Expect(watched.Page.Locator("mw-chart[label='loss by step'][drawn] canvas")).ToHaveCountAsync(1);
        await File.WriteAllTextAsync(more, "");

        await Assertions.Expect(rows).ToHaveCountAsync(5, new() { Timeout = 20_000 });
        watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task CancelButton_OnARunningRun_CancelsIt()
    {
        var project = await browser.ProjectAsync();
        await File.WriteAllTextAsync(
            Path.Combine(project.Root, "pipelines", "endless.yaml"), "name: endless\nsteps:\n  - { name: wait, cache: false, run: \"while true; do sleep 0.1; done\" }\n");
        using var ada = project.ActAs("ada");
        var run = await ada.Pipelines.StartAsync(new StartRunDto("pipelines/endless.yaml", new Dictionary<string, string>(), []), CancellationToken.None);

        await using var watched = await browser.OpenAsync($"/runs/{run.Id}");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Assertions.Expect(watched.Page.Locator("#run .facts .verdict").First).ToContainTextAsync("cancelled");
    }
}
