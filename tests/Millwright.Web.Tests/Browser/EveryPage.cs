namespace Millwright.Web.Tests.Browser;

/// <summary>Every page with its state, by a name that is also the screenshot's.</summary>
public static class EveryPage
{
    /// <summary>Name → path, with what <see cref="RunningProject.Known"/> has in braces. A test makes sure that no route is missing.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["overview"] = "/",
        ["ledger"] = "/ledger",
        ["ledger-event"] = "/ledger/events/6",
        ["ledger-trace"] = "/ledger/trace?subject=model:churn/1",
        ["ledger-verify"] = "/ledger/verify",
        ["pipelines"] = "/pipelines",
        ["pipeline"] = "/pipelines/train",
        ["runs"] = "/runs",
        ["runs-experiment"] = $"/runs?experiment={ClientSeeds.Experiment}&sort=val_auc",
        ["runs-none"] = "/runs?kind=client&status=scheduled",
        ["run-client"] = "/runs/{client}",
        ["run-live"] = "/runs/{clientLive}",
        ["run"] = "/runs/{run}",
        ["runs-compare"] = "/runs/compare?ids={run},{failed}",
        ["runs-compare-none"] = "/runs/compare",
        ["run-failed"] = "/runs/{failed}",
        ["sign-in"] = "/sign-in?wrong=true",
        ["step-log"] = "/runs/{failed}/logs/gate",
        ["models"] = "/models",
        ["model"] = "/models/churn",
        ["model-version"] = "/models/churn/1",
        ["model-version-unapproved"] = "/models/churn/2",
        ["deployments"] = "/deployments",
        ["deployment-live"] = "/deployments/{live}",
        ["deployment-rolled-back"] = "/deployments/{bad}",
        ["monitoring"] = "/monitoring",
        ["monitor"] = "/monitoring/churn?column=MonthlyCharges",
        ["alert"] = "/monitoring/alerts/{alert}",
        ["prediction-trace"] = "/ledger/trace?subject=prediction:{prediction}",
        ["not-found"] = "/no/such/page",
    };

    /// <summary>Every page, in both themes, on a desk and in a hand.</summary>
    public static TheoryData<string, int, bool> Looks()
    {
        var looks = new TheoryData<string, int, bool>();
        foreach (var name in All.Keys)
        {
            looks.Add(name, 1440, false);
            looks.Add(name, 1440, true);
            looks.Add(name, 390, false);
            looks.Add(name, 390, true);
        }

        return looks;
    }

    /// <summary>The names.</summary>
    public static TheoryData<string> Names() => [.. All.Keys];
}
