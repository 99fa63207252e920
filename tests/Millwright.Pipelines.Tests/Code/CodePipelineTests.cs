using Microsoft.Extensions.DependencyInjection;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Tests.Code;

public sealed class CodePipelineTests
{
    private const string Source = """
        var p = Pipeline.Named("train");
        var rounds = p.Parameter("rounds", 100, "Boosting rounds.");
        var raw = p.File<TableFile>("data/raw.csv");

        var clean = p.Step("ingest", raw, rounds, static (TableFile input, int count, TableFile output, StepScope scope) =>
        {
            var rows = output.Write(input.Header(), input.Rows().Where(row => row["b"] != "").Select(row => row.Cells));
            scope.Log($"kept {rows} rows of {count}");
            scope.Metric("rows", rows);
            scope.Metric("loss", double.NaN, 1);
        });
        var model = p.Action("fit", "fake.train").Input("data", clean).With("rounds", rounds).Output<JsonFile>("model");
        p.OnSchedule("0 3 * * *", "Europe/Berlin").OnEvent("drift.detected", "model:churn");
        return await p.RunAsync(args);
        """;

    [Fact]
    public async Task Pipeline_InCSharp_RunsItsStepsAndGivesTheBytesOfTheYaml()
    {
        await using var project = await ProjectAsync();
        project.Write("pipelines/train.cs", Source);
        project.Write("pipelines/same.yaml", """
            params: {rounds: 100}
            steps:
              - {name: clean, run: "grep -v ',$' ${inputs.raw} > ${outputs.out}", inputs: {raw: data/raw.csv}, outputs: {out: out.csv}}
              - {name: fit, uses: fake.train, inputs: {data: clean.out}, with: {rounds: "${params.rounds}"}}
            """);
        var shown = await project.RunAsync("pipelines/train.cs");
        shown.Run.Problem.ShouldBeNull();
        (await project.LogAsync(shown.Run.Id, "ingest")).ShouldBe(["kept 2 rows of 100"]);
        shown.Steps[0].Report.Metrics.Select(metric => (metric.Name, metric.Value)).ShouldBe([("rows", 2.0), ("loss", double.NaN)]);
        shown.Plan.Triggers.Length.ShouldBe(2);

        var yaml = await project.RunAsync("same");
        yaml.Steps[1].Outputs["model"].ShouldBe(shown.Steps[1].Outputs["model"]);
        yaml.Steps[1].State.ShouldBe(StepState.Cached);

        (await project.RunAsync("pipelines/train.cs")).Steps.ShouldAllBe(step => step.State == StepState.Cached);
        Directory.EnumerateFileSystemEntries(project.Folder).Select(Path.GetFileName).Order().ShouldBe([".millwright", "data", "pipelines"]);
    }

    [Fact]
    public async Task Pipeline_ThatDoesNotCompile_NamesFileAndLine()
    {
        await using var project = await ProjectAsync();
        project.Write("pipelines/train.cs", "var p = Pipeline.Named(\"train\");\nvar x = p.Dta(\"a\");\nint y = \"text\";\nreturn await p.RunAsync(args);\n");
        var problem = (await project.StartAsync("train")).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe("pipeline.compile");
        problem.Details.Select(detail => detail.ToString()).ShouldBe(
        [
            "pipelines/train.cs:2: CS1061: 'Pipeline' does not contain a definition for 'Dta' and no accessible extension method 'Dta' accepting a first argument of type 'Pipeline' could be found (are you missing a using directive or an assembly reference?)",
            "pipelines/train.cs:3: CS0029: Cannot implicitly convert type 'string' to 'int'",
        ]);
        Directory.EnumerateDirectories(Path.Combine(project.Folder, ".millwright", "build")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pipeline_WiringAWrongType_DoesNotCompile()
    {
        await using var project = await ProjectAsync();
        project.Write("pipelines/train.cs", """
            var p = Pipeline.Named("train");
            var table = p.File<TableFile>("data/raw.csv");
            p.Step("s", table, static (JsonFile input, TableFile output, StepScope scope) => { });
            return await p.RunAsync(args);
            """);
        (await project.StartAsync("train")).Problem!.Details.ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Fact]
    public async Task Pipeline_WithABadGraph_NamesTheLineOfTheStep()
    {
        await using var project = await ProjectAsync();
        project.Write("pipelines/train.cs", """
            var p = Pipeline.Named("train");

            p.Action("fit", "fake.trian");
            return await p.RunAsync(args);
            """);
        (await project.StartAsync("train")).Problem!.Details.ShouldHaveSingleItem().ToString()
            .ShouldBe("pipelines/train.cs:3: steps.fit.uses: there is no action 'fake.trian'; did you mean 'fake.train'? (known: fake.train)");
    }

    [Fact]
    public async Task Pipeline_ThatIsNone_SaysHowItMustEnd()
    {
        await using var project = await ProjectAsync();
        project.Write("pipelines/train.cs", "Console.WriteLine(\"hello\");");
        (await project.StartAsync("train")).Problem!.Code.ShouldBe("pipeline.no-plan");
    }

    [Fact]
    public async Task Step_Throwing_FailsWithItsTraceInTheLog()
    {
        await using var project = await ProjectAsync();
        project.Write("pipelines/train.cs", """
            var p = Pipeline.Named("train");
            p.Step("bad", p.File<TableFile>("data/raw.csv"), static (TableFile input, TableFile output, StepScope scope) => throw new InvalidOperationException("no good"));
            return await p.RunAsync(args);
            """);
        var shown = await project.RunAsync("train");
        shown.Run.State.ShouldBe(RunState.Failed);
        (await project.LogAsync(shown.Run.Id, "bad"))[0].ShouldBe("error: System.InvalidOperationException: no good");
    }

    [Fact]
    public async Task Pipeline_WithDirectives_IsBuiltAsAFileBasedProgram()
    {
        await using var project = await ProjectAsync();
        project.Write("pipelines/train.cs", "#:property Nullable=enable\n" + Source);
        var planned = await project.Services.GetRequiredService<PlanPipeline>().RunAsync("train", CancellationToken.None);
        planned.Problem.ShouldBeNull(planned.Problem is { } problem ? string.Join('\n', problem.Details) : null);
        planned.Value.Plan.Steps.Select(step => step.Name).ShouldBe(["ingest", "fit"]);
        (await project.RunAsync("train")).Run.Problem.ShouldBeNull();
    }

    private static async Task<PipelineProject> ProjectAsync()
    {
        var project = await PipelineProject.OpenAsync(FakeAction.Train());
        project.Write("data/raw.csv", "a,b\n1,2\n3,\n4,5\n");
        return project;
    }
}
