using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;

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
}
