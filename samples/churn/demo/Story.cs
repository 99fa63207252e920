using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Millwright.Demo;

/// <summary>The main job from raw data to a monitored, approved, traceable model; every claim is checked.</summary>
internal sealed class Story : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _sample;
    private readonly Narrator _tell;
    private readonly Shell _shell;
    private readonly Customers _customers;
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _console = new();
    private Webhook? _webhook;
    private Process? _server;
    private Traffic? _traffic;

    public Story(string repository, Narrator tell)
    {
        _tell = tell;
        _sample = Path.Combine(repository, "samples", "churn");
        Project = Path.Combine(repository, "artifacts", "demo", "project");
        _shell = new Shell(Project, repository, tell);
        _customers = new Customers(Path.Combine(_sample, "data", "telco-churn.csv"));
    }

    /// <summary>The scratch project.</summary>
    public string Project { get; }

    /// <summary>Where the pages are.</summary>
    public string Url { get; private set; } = "";

    public async Task RunAsync()
    {
        await _tell.StepAsync("Version the data", VersionDataAsync);
        await _tell.StepAsync("Validate the data", ValidateAsync);
        await _tell.StepAsync("Train by a pipeline", TrainAsync);
        await _tell.StepAsync("Refuse a bad model at the gate", RefuseAsync);
        await _tell.StepAsync("Register, approve, promote", PromoteAsync);
        await _tell.StepAsync("Serve", ServeAsync);
        await _tell.StepAsync("Notice drift and retrain", DriftAsync);
        await _tell.StepAsync("Canary, promote, roll back", RolloutAsync);
        await _tell.StepAsync("Trace and verify", TraceAsync);
        _tell.Table();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            // SIGTERM lets the server answer what is under way and close its files.
            using var stop = Process.Start("kill", ["-TERM", _server.Id.ToString(CultureInfo.InvariantCulture)]);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        if (_webhook is not null)
        {
            await _webhook.DisposeAsync();
        }
    }

    private async Task<string> VersionDataAsync()
    {
        _webhook = await Webhook.StartAsync();
        Prepare();
        await _shell.RunAsync("git init -q && mw init");
        await _shell.RunAsync("mw data add data/customers.csv");
        await _shell.RunAsync("git add . && git commit -qm 'Customers, expectations and pipelines'");
        await _shell.RunAsync("mw data remote add -d store ../store");
        await _shell.RunAsync("mw data push");
        await _shell.RunAsync("git add . && git commit -qm 'A remote for the data'");
        var before = await File.ReadAllBytesAsync(Customers);
        _tell.Say("lose the data and the cache, and get them back");
        await _shell.RunAsync("rm -r data/customers.csv .dvc/cache");
        await _shell.RunAsync("mw data pull");
        var after = await File.ReadAllBytesAsync(Customers);
        Check.That(before.AsSpan().SequenceEqual(after), "the pulled bytes differ from the pushed ones");
        return $"{before.Length:N0} bytes pushed, lost, pulled: identical";
    }

    private async Task<string> ValidateAsync()
    {
        await _shell.RunAsync("mw validate expectations/customers.json data/customers.csv");
        _customers.WriteBroken(Path.Combine(Project, "broken.csv"));
        _tell.Say("a copy with nulls, values out of range, a wrong type and a missing column");
        var said = await _shell.RunAsync("mw validate expectations/customers.json broken.csv", exit: 1);
        foreach (var broken in (string[])["customerID", "tenure", "MonthlyCharges", "gender", "999"])
        {
            Check.That(said.Contains(broken, StringComparison.Ordinal), $"the refusal does not name {broken}");
        }

        File.Delete(Path.Combine(Project, "broken.csv"));
        return "good data passes, broken data fails with counts and rows";
    }

    private async Task<string> TrainAsync()
    {
        var first = await PipelineAsync("mw run pipelines/train.cs --as ada");
        Check.That(State(first, "train") is "succeeded", "the first run did not train");
        _tell.Say("nothing has changed: everything comes from the cache");
        var seconds = await FromCacheAsync();
        if (seconds >= 1)
        {
            _tell.Say("something else keeps this machine busy: once more");
            seconds = await FromCacheAsync();
        }

        Check.That(seconds < 1, $"the run from cache took {seconds:0.00} s");
        _tell.Say("another depth: only what depends on it runs again");
        var third = await PipelineAsync("mw run pipelines/train.cs --param max_depth=3 --step train --as ada");
        Check.That(State(third, "train") is "succeeded" && State(third, "features") is "cached", "a changed depth must rerun train and nothing before it");
        _tell.Say("the same pipeline as YAML makes the same model, byte for byte");
        var yaml = await PipelineAsync("mw run pipelines/train.yaml --step train --force --as ada");
        Check.That(Output(yaml, "train", "model") == Output(first, "train", "model"), "YAML and C# made different models");
        return $"trained; rerun {seconds:0.00} s from cache; C# and YAML give {Output(yaml, "train", "model")[..19]}";
    }

    // Seconds of pipeline time.
    private async Task<double> FromCacheAsync()
    {
        var run = await PipelineAsync("mw run pipelines/train.cs --as ada");
        Check.That(Steps(run).All(step => step.GetProperty("state").GetString() is "cached"), "the run was not all cache hits");
        return (run.GetProperty("finishedAt").GetDateTimeOffset() - run.GetProperty("startedAt").GetDateTimeOffset()).TotalSeconds;
    }

    private async Task<string> RefuseAsync()
    {
        var run = await PipelineAsync("mw run pipelines/train.yaml --param rounds=1 --param max_depth=1 --as ada", exit: 1);
        Check.That(State(run, "gate") is "failed" && State(run, "register") is "skipped", "the gate did not stop the model");
        var models = await _shell.AskAsync("mw model show churn");
        Check.That(models.GetProperty("versions").GetArrayLength() == 1, "a refused model was registered");
        return "one weak tree refused; still one version, nothing promoted";
    }

    private async Task<string> PromoteAsync()
    {
        await _shell.RunAsync("mw model show churn 1");
        _tell.Say("production needs someone else's approval");
        await _shell.RunAsync("mw model promote churn 1 --stage production --as ada", exit: 1);
        await _shell.RunAsync("mw model approve churn 1 --as bob --comment 'Metrics and fairness reviewed'");
        await _shell.RunAsync("mw model promote churn 1 --stage production --as ada");
        return "version 1: made by ada, approved by bob, in production";
    }

    private async Task<string> ServeAsync()
    {
        _tell.Command("mw server --port 0 &");
        _server = _shell.Start("exec mw server --port 0");
        var line = await _server.StandardOutput.ReadLineAsync() ?? throw new DemoFailedException("the server did not start: " + await _server.StandardError.ReadToEndAsync());
        _tell.Output(line);
        _server.ErrorDataReceived += (_, said) =>
        {
            if (said.Data is { Length: > 0 } log)
            {
                _console.Enqueue(log);
            }
        };
        _server.BeginErrorReadLine();
        Url = line.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal));
        await _shell.RunAsync("mw deploy churn --version 1 --as ada");
        _traffic = new Traffic(new Uri(Url), _customers);
        var watch = Stopwatch.StartNew();
        var rows = _customers.Live.Take(1200).ToList();
        _tell.Command($"curl --json @request.json {Url}/v2/models/churn/infer      # {rows.Count} customers, 5 a request");
        await _traffic.InferAsync(rows);
        var rate = rows.Count / watch.Elapsed.TotalSeconds;
        _tell.Command($"curl --json '{{\"dataframe_records\": [...]}}' {Url}/models/churn/invocations");
        var invoked = await _traffic.InvokeAsync([.. _customers.Live.Take(3)]);
        Check.That(invoked.GetProperty("predictions").GetArrayLength() == 3, "MLflow's protocol gave no three predictions");
        await _traffic.LabelAsync(_traffic.Answered);
        Check.That(_traffic.Answered.Select(answer => answer.Id).Distinct().Count() == rows.Count, "every prediction has an id of its own");
        return $"{rows.Count} predictions by version 1, {rate:0}/s one caller, each with an id";
    }

    private async Task<string> DriftAsync()
    {
        _tell.Say("other customers come: dear month-to-month contracts, short tenure; their first outcomes become a new data version");
        _customers.WriteTraining(Customers, _customers.Shifted.Take(200));
        await _shell.RunAsync("mw data add data/customers.csv && git add . && git commit -qm 'New customers' && mw data push");
        var known = _webhook!.Received.Count;
        var before = _traffic!.Answered.Count;
        var shifted = _customers.Shifted;
        for (var sent = 0; sent < 900 && _webhook.Received.Count == known; sent += shifted.Count)
        {
            await _traffic!.InferAsync(shifted);
        }

        await UntilAsync(() => Task.FromResult(_webhook.Received.Count > known), "the webhook received no alert");
        await _shell.RunAsync("mw alert list");
        await _shell.RunAsync("mw monitor show churn");
        var windows = (await _shell.AskAsync("mw monitor show churn")).GetProperty("windows").EnumerateArray().ToList();
        var usual = before / windows[0].GetProperty("predictions").GetInt32();
        var first = windows.Where(window => window.GetProperty("drifted").GetArrayLength() > 0).Min(window => window.GetProperty("number").GetInt32());
        Check.That(first > usual && first <= usual + 2, $"drift is seen in window {first}; the first that is all new traffic is {usual + 2}");
        var alerts = _webhook.Received.Skip(known).Count(alert => alert.ToString().Contains("drift", StringComparison.OrdinalIgnoreCase));
        Check.That(alerts == 1, $"one alert expected, {alerts} came");
        var line = _console.FirstOrDefault(said => said.Contains("drift in", StringComparison.Ordinal));
        Check.That(line is not null, "the server's console shows no alert");
        _tell.Say("the same alert on the server's console:");
        _tell.Output(line!);
        _tell.Say("the alert has started the pipeline's trigger");
        JsonElement run = default;
        await UntilAsync(
            async () =>
            {
                var runs = await _shell.AskAsync("mw pipeline runs --limit 1");
                run = runs.GetProperty("runs")[0];
                return run.GetProperty("trigger").GetString()!.StartsWith("event:", StringComparison.Ordinal) && run.GetProperty("state").GetString() is not "running";
            },
            "no run was started by the alert");
        await _shell.RunAsync($"mw logs {run.GetProperty("id").GetString()}");
        Check.That(run.GetProperty("state").GetString() is "succeeded", $"the retraining {run.GetProperty("state")}: {run}");
        return $"drift seen in the first {(first == usual + 1 ? "window with" : "full window of")} new customers; one alert, one retraining on the new data: version 2";
    }

    private async Task<string> RolloutAsync()
    {
        await _shell.RunAsync("mw model approve churn 2 --as bob --comment 'Better on the new customers'");
        await _shell.RunAsync("mw deploy churn --version 2 --canary 10,50,100 --as ada");
        await DriveAsync(2, "live");
        var model = await _shell.AskAsync("mw model show churn");
        Check.That(model.GetProperty("versions")[1].GetProperty("stage").GetString() is "production", "version 2 is not in production");
        var verdicts = await _shell.RunAsync("mw deployment show churn");
        foreach (var judged in (string[])["10%", "50%", "100%", "error_rate", "latency_p99", "roc_auc", "promote"])
        {
            Check.That(verdicts.Contains(judged, StringComparison.Ordinal), $"the canary's verdicts do not name {judged}");
        }

        _tell.Say("now a bad version (trained on reversed labels) is rolled out by force");
        await _shell.RunAsync("mw run pipelines/bad.yaml --as ada");
        await _shell.RunAsync("mw deploy churn --version 3 --canary 10,50,100 --force --reason 'to show the way back' --as ada");
        var reason = await DriveAsync(3, "rolledback");
        await _shell.RunAsync("mw deployment list");
        return $"version 2 promoted by canary; version 3 rolled back: {reason.Split(':')[0]}";
    }

    private async Task<string> TraceAsync()
    {
        var prediction = _traffic!.Answered[0].Id;
        var back = await _shell.RunAsync($"mw trace prediction:{prediction} --backward");
        foreach (var link in (string[])["deployment:", "model:churn/1", "run:", "pipeline:train@", "commit:", "data:md5:"])
        {
            Check.That(back.Contains(link, StringComparison.Ordinal), $"the trace lacks {link}");
        }

        var data = back.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith("data:md5:", StringComparison.Ordinal));
        var forward = await _shell.RunAsync($"mw trace {data} --forward");
        Check.That(forward.Contains("model:churn/1", StringComparison.Ordinal), "the data does not lead to the model");
        var verdict = await _shell.RunAsync("mw ledger verify");
        Check.That(verdict.StartsWith("ok", StringComparison.Ordinal), "the chain is broken");
        return "prediction to data and back; " + verdict.Split('\n')[0].Split(", head")[0];
    }

    // Sends labelled traffic until the rollout of a version is over; returns its reason.
    private async Task<string> DriveAsync(int version, string expected)
    {
        var rows = _customers.Live.Skip(1200).Concat(_customers.Live.Take(300)).ToList();
        var (watch, round) = (Stopwatch.StartNew(), 0);
        while (true)
        {
            var from = _traffic!.Answered.Count;
            await _traffic.InferAsync([.. rows.Skip(round++ % 4 * 250).Take(250)], batch: 1);
            await _traffic.LabelAsync([.. _traffic.Answered.Skip(from)]);
            var deployments = await _shell.AskAsync("mw deployment list");
            var now = deployments.GetProperty("deployments").EnumerateArray().First(deployment => deployment.GetProperty("version").GetInt32() == version);
            var state = now.GetProperty("state").GetString()!.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
            if (state == expected)
            {
                var why = now.GetProperty("outcome").GetString() ?? "";
                _tell.Output($"version {version} is {now.GetProperty("state").GetString()!.Replace('_', ' ')}: {why}");
                return why;
            }

            Check.That(watch.Elapsed < Patience, $"version {version} is {state} after {Patience.TotalSeconds} s, expected {expected}: {now}");
        }
    }

    private string Customers => Path.Combine(Project, "data", "customers.csv");

    private void Prepare()
    {
        var root = Path.GetDirectoryName(Project)!;
        if (Directory.Exists(root))
        {
            using var remove = Process.Start("rm", ["-rf", root]);
            remove.WaitForExit();
        }

        foreach (var folder in (string[])["data", "expectations", "pipelines"])
        {
            Directory.CreateDirectory(Path.Combine(Project, folder));
        }

        foreach (var file in (string[])["expectations/customers.json", "pipelines/train.cs", "pipelines/train.yaml", "pipelines/bad.yaml"])
        {
            File.Copy(Path.Combine(_sample, file), Path.Combine(Project, file));
        }

        File.WriteAllText(Path.Combine(Project, "millwright.yaml"), File.ReadAllText(Path.Combine(_sample, "millwright.yaml")).Replace("WEBHOOK", _webhook!.Url, StringComparison.Ordinal));
        _customers.WriteTraining(Customers);
    }

    // Runs a pipeline and returns the run with its steps.
    private async Task<JsonElement> PipelineAsync(string command, int exit = 0)
    {
        var said = await _shell.RunAsync(command, exit);
        var words = said.Split((char[])[' ', '\n', ':'], StringSplitOptions.RemoveEmptyEntries);
        var id = words.Last(word => word.Length == 32 && word.All(char.IsAsciiHexDigitLower));
        return await _shell.AskAsync($"mw logs {id}");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        for (var watch = Stopwatch.StartNew(); !await holds();)
        {
            Check.That(watch.Elapsed < Patience, otherwise);
            await Task.Delay(100);
        }
    }

    private static IEnumerable<JsonElement> Steps(JsonElement run) => run.GetProperty("steps").EnumerateArray();

    private static JsonElement Step(JsonElement run, string name) => Steps(run).First(step => step.GetProperty("name").GetString() == name);

    private static string State(JsonElement run, string name) => Step(run, name).GetProperty("state").GetString()!;

    private static string Output(JsonElement run, string step, string output) => Step(run, step).GetProperty("outputs").GetProperty(output).GetString()!;
}
