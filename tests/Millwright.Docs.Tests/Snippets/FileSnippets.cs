using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Results;
using Millwright.Docs.Tests.Documents;
using Millwright.Pipelines.Plan;
using Millwright.Server.Hosting;
using Millwright.Server.Project;
using Millwright.Testing;
using Millwright.Validation.Expectations;
using Millwright.Validation.Suites;

namespace Millwright.Docs.Tests.Snippets;

/// <summary>
/// Gives every block of YAML and JSON to the reader that a user's file would meet, in a copy of the churn sample. The first line of YAML
/// names the file, <c># pipelines/NAME.yaml</c> or <c># millwright.yaml</c>; JSON is a suite of expectations.
/// </summary>
internal sealed class FileSnippets : IAsyncDisposable
{
    private readonly ScratchFolder _folder;
    private readonly ServerHost _host;

    private FileSnippets(ScratchFolder folder, ServerHost host) => (_folder, _host) = (folder, host);

    /// <summary>The running server's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a server on a copy of the sample.</summary>
    public static async Task<FileSnippets> StartAsync(CancellationToken ct)
    {
        var folder = new ScratchFolder();
        var sample = Path.Combine(Golden.Repository, "samples", "churn");
        foreach (var part in (string[])["pipelines", "expectations"])
        {
            Directory.CreateDirectory(folder[part]);
            foreach (var file in Directory.GetFiles(Path.Combine(sample, part)))
            {
                File.Copy(file, folder[$"{part}/{Path.GetFileName(file)}"]);
            }
        }

        Directory.CreateDirectory(folder["data"]);
        File.Copy(Path.Combine(sample, "data", "telco-churn.csv"), folder["data/customers.csv"]);
        var started = await ServerHost.StartAsync(new ProjectFolder(folder.Path), new ListenOptions(), TimeProvider.System, ct);
        started.TryGet(out var host, out var problem).ShouldBeTrue(problem?.ToString());
        return new FileSnippets(folder, host!);
    }

    /// <summary>What the readers refuse.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(IEnumerable<Document> pages, CancellationToken ct)
    {
        var found = new List<string>();
        foreach (var (page, fence) in pages.SelectMany(page => page.Fences.Where(fence => fence.Language is "yaml" or "json").Select(fence => (page, fence))))
        {
            var problem = fence.Text.Split('\n')[0] switch
            {
                _ when fence.Language is "json" => new SuiteReader(Services.GetRequiredService<ExpectationCatalogue>(), TimeProvider.System).Read(Encoding.UTF8.GetBytes(fence.Text), "suite.json").Problem,
                "# millwright.yaml" => ProjectConfig.Read(await WriteAsync("snippet.yaml", fence.Text, ct), Composition.Sections).Problem,
                var name when name.StartsWith("# pipelines/", StringComparison.Ordinal) => await PlanAsync(fence.Text, ct),
                _ => new Problem("docs.yaml", "the first line must name the file: '# millwright.yaml' or '# pipelines/NAME.yaml'", "Add it."),
            };
            if (problem is not null)
            {
                found.Add(page.At(fence.Line, string.Join("; ", problem.Details.Select(detail => detail.ToString()).DefaultIfEmpty(problem.Message))));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<Problem?> PlanAsync(string text, CancellationToken ct)
    {
        await WriteAsync("pipelines/snippet.yaml", text, ct);
        return (await Services.GetRequiredService<PlanPipeline>().RunAsync("pipelines/snippet.yaml", ct)).Problem;
    }

    private async Task<string> WriteAsync(string name, string text, CancellationToken ct)
    {
        await File.WriteAllTextAsync(_folder[name], text, ct);
        return _folder[name];
    }
}
