using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Ledger;
using Millwright.Pipelines.List;
using Millwright.Testing;

namespace Millwright.Pipelines.Tests.Execute;

public sealed class KillTests
{
    [Fact]
    public async Task Host_KilledInTheMiddle_IsResumedByTheSameCommand()
    {
        using var scratch = new ScratchFolder();
        Directory.CreateDirectory(scratch["pipelines"]);
        await File.WriteAllTextAsync(scratch["pipelines/p.yaml"], """
            steps:
              - {name: first, run: "echo 1 > ${outputs.o}; echo x >> first-runs", outputs: [o]}
              - name: second
                run: |
                  test -e go && cp ${inputs.i} ${outputs.o} && exit 0
                  echo $$ > second-pid
                  echo waiting
                  sleep 1000
                inputs: {i: first.o}
                outputs: [o]
            """);
        await RunUntilKilledAsync(scratch.Path, "StepLine second waiting");
        var orphan = int.Parse(await File.ReadAllTextAsync(scratch["second-pid"]), CultureInfo.InvariantCulture);
        RunTests.IsAlive(orphan).ShouldBeTrue();

        await File.WriteAllTextAsync(scratch["go"], "");
        await using var project = await PipelineProject.OpenFolderAsync(scratch.Path);
        var interrupted = (await project.Services.GetRequiredService<ListRuns>().RunAsync(new RunQuery(), CancellationToken.None)).ShouldHaveSingleItem();
        interrupted.State.ShouldBe(RunState.Interrupted);
        (await project.WaitAsync(interrupted.Id)).Steps.Select(step => step.State).ShouldBe([StepState.Succeeded, StepState.Interrupted]);
        RunTests.IsAlive(orphan).ShouldBeFalse();

        var again = await project.RunAsync("p");
        again.Steps.Select(step => step.State).ShouldBe([StepState.Cached, StepState.Succeeded]);
        again.Steps[1].Why.ShouldBe("its last run was interrupted");
        (await File.ReadAllLinesAsync(scratch["first-runs"])).Length.ShouldBe(1);
        project.Services.GetRequiredService<ILedgerStore>().Read(new LedgerQuery { Limit = 10 }).Select(happened => happened.Kind)
            .ShouldBe(["run.started", "run.finished", "run.started", "run.finished"]);
    }

    [Fact]
    public async Task Pipeline_OfAHundredStepsUnchanged_IsAllHits()
    {
        await using var project = await PipelineProject.OpenAsync();
        var steps = Enumerable.Range(0, 100).Select(n => n == 0
            ? "  - {name: s0, run: 'echo 0 > ${outputs.o}', outputs: [o]}"
            : $"  - {{name: s{n}, run: 'cat ${{inputs.i}} > ${{outputs.o}}; echo {n} >> ${{outputs.o}}', inputs: {{i: s{(n - 1) / 2}.o}}, outputs: [o]}}");
        project.Write("pipelines/p.yaml", "steps:\n" + string.Join('\n', steps));
        (await project.RunAsync("p")).Run.Problem.ShouldBeNull();
        var second = await project.RunAsync("p");
        second.Steps.ShouldAllBe(step => step.State == StepState.Cached);
    }

    private static async Task RunUntilKilledAsync(string folder, string line)
    {
        using var host = Process.Start(new ProcessStartInfo("dotnet", [typeof(KillTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { [KilledHost.Variable] = folder },
        })!;
        while (await host.StandardOutput.ReadLineAsync() is { } printed && printed != line)
        {
        }

        host.Kill();
        await host.WaitForExitAsync();
    }
}
