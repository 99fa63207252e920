using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Ledger;
using Millwright.Pipelines.Cancel;
using Millwright.Pipelines.Logs;
using Millwright.Pipelines.Watch;

namespace Millwright.Pipelines.Tests.Execute;

public sealed class RunTests
{
    private const string Train = """
        params: {rounds: 100}
        steps:
          - name: ingest
            run: cat ${inputs.raw} > ${outputs.data}; echo read
            inputs: {raw: data/raw.csv}
            outputs: {data: clean.csv}
          - name: fit
            uses: fake.train
            inputs: {data: ingest.data}
            with: {rounds: "${params.rounds}"}
          - name: other
            run: wc -c < ${inputs.data} > ${outputs.count}
            inputs: {data: ingest.data}
            outputs: [count]
        """;

    [Fact]
    public async Task Run_AllStepsGood_MakesOutputsMetricsAndLedgerEvents()
    {
        await using var project = await TrainProjectAsync();
        var shown = await project.RunAsync("train");

        shown.Run.State.ShouldBe(RunState.Succeeded);
        shown.Steps.Select(step => step.State).ShouldAllBe(state => state == StepState.Succeeded);
        shown.Steps[1].Report.Metrics.ShouldHaveSingleItem().Value.ShouldBe(0.75);
        (await project.LogAsync(shown.Run.Id, "ingest")).ShouldBe(["read"]);
        var content = project.Services.GetRequiredService<Millwright.Abstractions.Content.IContentStore>();
        using var model = new StreamReader((await content.OpenAsync(shown.Steps[1].Outputs["model"], null, CancellationToken.None)).Value);
        (await model.ReadToEndAsync()).ShouldBe("a,b\n1,2\n100");
        project.Tracker.Events.ShouldBe(["start train rounds=100", "metric auc=0.75@3", "param eta=0.3", "finish Succeeded"]);
        project.Services.GetRequiredService<ILedgerStore>().Read(new LedgerQuery { Limit = 10 }).Select(happened => happened.Kind).ShouldBe(["run.started", "run.finished"]);
        Directory.Exists(Path.Combine(project.Folder, ".millwright", "work", shown.Run.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_Repeated_IsAllHitsAndReportsTheMetricsAgain()
    {
        await using var project = await TrainProjectAsync();
        var first = await project.RunAsync("train");
        var second = await project.RunAsync("train");
        second.Steps.ShouldAllBe(step => step.State == StepState.Cached && step.Why == "nothing it depends on changed");
        second.Steps.Select(step => step.MadeBy).ShouldAllBe(run => run == first.Run.Id);
        second.Steps[1].Report.Metrics.ShouldHaveSingleItem().Name.ShouldBe("auc");
        project.Tracker.Events.Count(text => text == "metric auc=0.75@3").ShouldBe(2);
        (await project.LogAsync(second.Run.Id, "ingest")).ShouldBe(["read"]);
    }

    [Fact]
    public async Task Run_ChangedParameter_RepeatsOnlyWhatDependsOnIt()
    {
        await using var project = await TrainProjectAsync();
        await project.RunAsync("train");
        var second = await project.RunAsync("train", """{"rounds": "200"}""");
        second.Steps.Select(step => step.State).ShouldBe([StepState.Cached, StepState.Succeeded, StepState.Cached]);
        second.Steps[1].Why.ShouldBe("parameter rounds changed (100 -> 200)");
    }

    [Fact]
    public async Task Run_ChangedInput_RepeatsWhatReadsIt()
    {
        await using var project = await TrainProjectAsync();
        await project.RunAsync("train");
        project.Write("data/raw.csv", "a,b\n3,4\n");
        var second = await project.RunAsync("train");
        second.Steps[0].Why.ShouldStartWith("input raw changed (sha256:");
        // The same number of bytes as before: what only depends on their count would be the same, but it reads the new content.
        second.Steps.Select(step => step.State).ShouldBe([StepState.Succeeded, StepState.Succeeded, StepState.Succeeded]);
    }

    [Fact]
    public async Task Run_OutputGoneFromTheStore_MakesItAgain()
    {
        await using var project = await TrainProjectAsync();
        var first = await project.RunAsync("train");
        var hex = first.Steps[2].Outputs["count"].Hex;
        File.Delete(Path.Combine(project.Folder, ".millwright", "objects", hex[..2], hex[2..]));
        var second = await project.RunAsync("train");
        second.Steps.Select(step => step.State).ShouldBe([StepState.Cached, StepState.Cached, StepState.Succeeded]);
        second.Steps[2].Why.ShouldBe("its earlier output 'count' is gone from the content store");
    }

    [Fact]
    public async Task Run_OneStepAsked_RunsItAndItsAncestorsOnly()
    {
        await using var project = await TrainProjectAsync();
        (await project.RunAsync("train", steps: ["other"])).Steps.Select(step => step.Step).ShouldBe(["ingest", "other"]);
    }

    [Fact]
    public async Task Run_UnknownAndBadParameters_AreNamedTogether()
    {
        await using var project = await TrainProjectAsync();
        var problem = (await project.StartAsync("train", """{"rouns": 1, "rounds": "many"}""")).Problem.ShouldNotBeNull();
        problem.Details.Select(detail => detail.ToString()).ShouldBe(
        [
            "rouns: the pipeline has no such parameter; did you mean 'rounds'?",
            "rounds: expected a number, such as 100, but found the text \"many\"",
        ]);
    }

    [Fact]
    public async Task Step_Failing_SkipsItsDependantsAndLetsOthersFinish()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", """
            steps:
              - {name: bad, run: "echo broken >&2; exit 3", outputs: [out]}
              - {name: after, run: "cat ${inputs.x}", inputs: {x: bad.out}}
              - {name: aside, run: "true"}
            """);
        var shown = await project.RunAsync("p");
        shown.Run.State.ShouldBe(RunState.Failed);
        shown.Run.Problem!.Message.ShouldBe("The command of step 'bad' ended with exit code 3.");
        shown.Steps.Select(step => step.State).ShouldBe([StepState.Failed, StepState.Skipped, StepState.Succeeded]);
        (await project.LogAsync(shown.Run.Id, "bad")).ShouldBe(["broken", "error: The command of step 'bad' ended with exit code 3."]);
    }

    [Fact]
    public async Task Step_FailingTwice_SucceedsAtTheThirdAttempt()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", """
            steps:
              - name: flaky
                run: echo x >> tries; test $(wc -l < tries) -ge 3
                retry: {max: 3, backoff: 1ms}
            """);
        var shown = await project.RunAsync("p");
        shown.Run.State.ShouldBe(RunState.Succeeded);
        shown.Steps[0].Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Step_AnsweringNo_IsNotRetriedAndKeepsItsKind()
    {
        var gate = new FakeAction("gate", new StepActionShape("Says no.", "1", [], [], []), (_, _) =>
            Task.FromResult<Result<Done>>(new Problem("gate.failed", "AUC 0.5 < 0.8.", "Train better.", ProblemKind.Refused)));
        await using var project = await PipelineProject.OpenAsync(gate);
        project.Write("pipelines/p.yaml", "steps: [{name: g, uses: gate, retry: {max: 5, backoff: 1ms}}]");
        var shown = await project.RunAsync("p");
        (shown.Run.State, shown.Run.Problem!.Kind, shown.Steps[0].Attempts).ShouldBe((RunState.Failed, ProblemKind.Refused, 1));
    }

    [Fact]
    public async Task Step_OverItsTimeout_IsKilledWithItsWholeGroup()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", """
            steps:
              - name: stuck
                run: |
                  trap '' TERM
                  sleep 1000 &
                  echo $! > child
                  sleep 1000
                timeout: 300ms
            """);
        var shown = await project.RunAsync("p");
        shown.Steps[0].Problem!.Code.ShouldBe("step.timeout");
        IsAlive(int.Parse(File.ReadAllText(Path.Combine(project.Folder, "child")), CultureInfo.InvariantCulture)).ShouldBeFalse();
    }

    [Fact]
    public async Task Step_LeavingAChildBehind_EndsItAndDoesNotWaitForIt()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", "steps: [{name: s, run: 'sleep 1000 & echo $! > child'}]");
        (await project.RunAsync("p")).Run.State.ShouldBe(RunState.Succeeded);
        IsAlive(int.Parse(File.ReadAllText(Path.Combine(project.Folder, "child")), CultureInfo.InvariantCulture)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_Cancelled_StopsItsStepAndSkipsTheRest()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", """
            steps:
              - {name: long, run: "echo started; exec sleep 1000", outputs: [o]}
              - {name: after, run: "true", inputs: {x: long.o}}
            """);
        var run = (await project.StartAsync("p")).Value;
        await foreach (var happened in project.Services.GetRequiredService<WatchRun>().RunAsync(run.Id, 0))
        {
            if (happened.Kind is RunEventKind.StepLine)
            {
                break;
            }
        }

        var cancelled = (await project.Services.GetRequiredService<CancelRun>().RunAsync(run.Id[..20], CancellationToken.None)).Value;
        cancelled.State.ShouldBe(RunState.Cancelled);
        (await project.WaitAsync(run.Id)).Steps.Select(step => step.State).ShouldBe([StepState.Cancelled, StepState.Skipped]);
        (await project.Services.GetRequiredService<CancelRun>().RunAsync(run.Id, CancellationToken.None)).Problem!.Code.ShouldBe("run.over");
    }

    [Fact]
    public async Task Step_WithoutItsOutput_FailsAndNamesIt()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", "steps: [{name: s, run: 'true', outputs: {model: m.json}}]");
        (await project.RunAsync("p")).Run.Problem!.Message.ShouldBe("Step 's' ended without making its output 'model'.");
    }

    [Fact]
    public async Task Step_PrintingBytesThatAreNotUtf8_KeepsThemAndShowsTheRest()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", @"steps: [{name: s, run: 'printf ""a\377b\nlast""'}]");
        var shown = await project.RunAsync("p");
        (await project.LogAsync(shown.Run.Id, "s")).ShouldBe(["a\uFFFDb", "last"]);
        File.ReadAllBytes(Path.Combine(project.Folder, ".millwright", "runs", shown.Run.Id, "s.log")).ShouldContain((byte)0xFF);
    }

    [Fact]
    public async Task Step_WithHostileParameter_PassesItAsOneWord()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", """
            params: {word: x}
            steps:
              - name: s
                run: printf '%s|' ${params.word} "${params.word}" '${params.word}'; printf '%s' "$PARAM_W"
                with: {w: "${params.word}"}
            """);
        var shown = await project.RunAsync("p", """{"word": "a b'; touch \"hacked\" $(id) `id`"}""");
        var word = "a b'; touch \"hacked\" $(id) `id`";
        (await project.LogAsync(shown.Run.Id, "s")).ShouldBe([$"{word}|{word}|{word}|{word}"]);
        File.Exists(Path.Combine(project.Folder, "hacked")).ShouldBeFalse();
    }

    [Fact]
    public async Task Command_WritingItsJournal_ReportsMetricsParametersAndTags()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", """
            steps:
              - name: s
                run: |
                  echo '{"metric": "loss", "value": 0.5, "step": 1}' >> $MILLWRIGHT_JOURNAL
                  echo '{"metric": "loss", "value": "NaN", "step": 2}' >> $MILLWRIGHT_JOURNAL
                  echo '{"param": "eta", "value": 0.1}' >> $MILLWRIGHT_JOURNAL
                  echo '{"tag": "kind", "value": "test"}' >> $MILLWRIGHT_JOURNAL
                  echo 'nonsense' >> $MILLWRIGHT_JOURNAL
            """);
        var shown = await project.RunAsync("p");
        var report = shown.Steps[0].Report;
        report.Metrics.Select(metric => (metric.Name, metric.Value, metric.Step)).ShouldBe([("loss", 0.5, 1L), ("loss", double.NaN, 2L)]);
        report.Parameters["eta"].ShouldBe("0.1");
        report.Tags["kind"].ShouldBe("test");
        (await project.LogAsync(shown.Run.Id, "s")).ShouldBe(["not understood in the journal: nonsense"]);
        (await project.RunAsync("p")).Steps[0].Report.Metrics.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Log_Followed_ArrivesWhileTheStepRuns()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", "steps: [{name: s, run: 'echo one; until test -e go; do sleep 0.05; done; echo two'}]");
        var run = (await project.StartAsync("p")).Value;
        var lines = new List<string>();
        await foreach (var line in (await project.Services.GetRequiredService<ReadLogs>().RunAsync(run.Id, null, follow: true, CancellationToken.None)).Value)
        {
            lines.Add(line.Text);
            project.Write("go", "");
        }

        lines.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Steps_WithoutDependency_RunSideBySide()
    {
        await using var project = await PipelineProject.OpenAsync();
        // Each waits for the other's file, so that one after the other would never end.
        project.Write("pipelines/p.yaml", """
            steps:
              - {name: a, run: "touch a; until test -e b; do sleep 0.02; done", timeout: 20s}
              - {name: b, run: "touch b; until test -e a; do sleep 0.02; done", timeout: 20s}
            """);
        (await project.RunAsync("p")).Run.State.ShouldBe(RunState.Succeeded);
    }

    [Fact]
    public async Task Run_StartedTwiceByOneTrigger_StartsOnce()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", "steps: [{name: s, run: 'true'}]");
        await project.WaitAsync((await project.StartAsync("p", trigger: "event:7")).Value.Id);
        (await project.StartAsync("p", trigger: "event:7")).Problem!.Code.ShouldBe("run.triggered-before");
    }

    [Fact]
    public async Task Folder_AsOutput_ReachesTheNextStepReadOnly()
    {
        await using var project = await PipelineProject.OpenAsync();
        project.Write("pipelines/p.yaml", """
            steps:
              - {name: make, run: "mkdir -p ${outputs.dir}/sub; echo 1 > ${outputs.dir}/a; echo 2 > ${outputs.dir}/sub/b", outputs: {dir: parts}}
              - {name: read, run: "cat ${inputs.d}/a ${inputs.d}/sub/b > ${outputs.all}; stat -c %a ${inputs.d}/a", inputs: {d: make.dir}, outputs: [all]}
            """);
        var shown = await project.RunAsync("p");
        shown.Run.Problem.ShouldBeNull();
        shown.Steps[0].Outputs["dir"].IsDirectory.ShouldBeTrue();
        (await project.LogAsync(shown.Run.Id, "read")).ShouldBe(["444"]);
    }

    internal static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is ArgumentException or IOException)
        {
            return false;
        }
    }

    private static async Task<PipelineProject> TrainProjectAsync()
    {
        var project = await PipelineProject.OpenAsync(FakeAction.Train());
        project.Write("data/raw.csv", "a,b\n1,2\n");
        project.Write("pipelines/train.yaml", Train);
        return project;
    }
}
