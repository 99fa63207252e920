using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Client.Pipelines;
using Millwright.Contracts.Pipelines;

namespace Millwright.Web.Tests;

/// <summary>What the scratch project has behind it, written through the server's own stores.</summary>
public static class Seeds
{
    /// <summary>A name that would be markup if a page forgot to escape it.</summary>
    public const string Hostile = "<img src=x onerror=alert(1)>";

    private static readonly Actor Ada = new("ada");
    private static readonly Actor Grace = new("grace");

    /// <summary>A chain from data to deployment.</summary>
    public static async Task LedgerAsync(IServiceProvider services)
    {
        var data = new Subject("data", "md5:0f343b0931126a20f133d67c2b018a3b");
        var commit = Subject.Commit("9fceb02d0ae598e95dc970b74767f19372d61af8");
        var pipeline = new Subject("pipeline", "train@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae");
        var run = Subject.Run("01jd8z3w5m");
        var model = Subject.Model("churn", 1);
        var deployment = Subject.Deployment("01jd8zzk2q");
        await services.GetRequiredService<ILedgerWriter>().AppendAsync(
            [
                new LedgerDraft(Ada, "data.added", data) { Inputs = [commit], Body = new JsonObject { ["path"] = "data/customers.csv", ["bytes"] = 977501 } },
                new LedgerDraft(Ada, "run.succeeded", run) { Inputs = [data, pipeline, commit], Body = new JsonObject { ["seconds"] = 4.2 } },
                new LedgerDraft(Ada, "model.registered", model) { Inputs = [run], Body = new JsonObject { ["rocAuc"] = 0.846 } },
                new LedgerDraft(Grace, "model.approved", model) { Body = new JsonObject { ["reason"] = "Reviewed the fairness report." } },
                new LedgerDraft(Ada, "model.promoted", model) { Body = new JsonObject { ["stage"] = "production" } },
                new LedgerDraft(Ada, "deployment.started", deployment) { Inputs = [model], Body = new JsonObject { ["note"] = Hostile } },
                new LedgerDraft(new Actor(Hostile), "deployment.rolled_back", deployment) { Body = new JsonObject { ["reason"] = "error rate 12.0 % above 5 %" } },
            ],
            CancellationToken.None);
    }

    /// <summary>A pipeline that succeeds, is cached, fails at its gate, and a file that is no pipeline.</summary>
    public static async Task PipelinesAsync(RunningProject project)
    {
        var folder = Directory.CreateDirectory(Path.Combine(project.Root, "pipelines")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "train.yaml"), """
            name: train
            description: Train, judge and register the churn model
            params: { min_auc: 80, digit: 8 }
            on:
              - cron: "0 3 * * *"
            steps:
              - { name: ingest, run: "echo 7043 rows" }
              - { name: validate, needs: [ingest], run: "echo 15 of 15 expectations hold" }
              - { name: features, needs: [validate], run: "echo 19 features" }
              - { name: train, needs: [features], run: 'for round in 0 1 2 3 4 5; do printf "{\"metric\": \"auc\", \"value\": 0.${params.digit}%s, \"step\": %s}\n" $round $round >> $MILLWRIGHT_JOURNAL; done' }
              - { name: fairness, needs: [train], run: "echo demographic parity difference 0.04" }
              - { name: explain, needs: [train], run: "echo Contract matters most" }
              - { name: gate, needs: [train, fairness], run: "echo auc 84 against ${params.min_auc}; test 84 -ge ${params.min_auc}" }
              - { name: register, needs: [gate, explain], run: "echo churn/1" }
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.yaml"), "name: broken\nsteps:\n  - { name: a, needs: [b], run: 'true' }\n  - { name: b, needs: [a], run: 'true' }\n");
        project.Known["run"] = await RunAsync(project, []);
        await RunAsync(project, []);
        project.Known["failed"] = await RunAsync(project, new() { ["min_auc"] = "90", ["digit"] = "7" });
    }

    private static async Task<string> RunAsync(RunningProject project, Dictionary<string, string> parameters)
    {
        using var ada = project.ActAs("ada");
        var run = await ada.Pipelines.StartAsync(new StartRunDto("pipelines/train.yaml", parameters, []), CancellationToken.None);
        await foreach (var _ in ada.Pipelines.FollowAsync(run.Id, CancellationToken.None))
        {
            // Until it is over.
        }

        return run.Id;
    }
}
