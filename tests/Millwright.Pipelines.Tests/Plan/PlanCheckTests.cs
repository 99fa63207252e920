using Microsoft.Extensions.DependencyInjection;
using Millwright.Pipelines.Plan;
using Millwright.Testing;

namespace Millwright.Pipelines.Tests.Plan;

public sealed class PlanCheckTests
{
    [Fact]
    public async Task Plan_WithManyErrors_NamesThemAllWithFileLineAndKey()
    {
        var text = """
            name: train
            params: {rounds: 100}
            on:
              - cron: "61 * * * *"
              - {cron: "@daily", timezone: Europe/Berln}
            steps:
              - name: ingest
                run: cat ${inputs.raw} > ${outputs.dat}
                outputs: {data: data.csv}
              - name: train
                uses: fake.trian
              - name: fit
                uses: fake.train
                inputs: {dta: ingest.dat}
                with: {rounds: many, depth: 3}
              - name: score
                uses: fake.train
                inputs: {data: ingst.data}
                with: {rounds: "${params.round}"}
                needs: [trai]
              - name: score
                run: "true"
                colour: red
            """;
        var details = await ErrorsAsync(text);
        details.ShouldBe(
        [
            "pipelines/bad.yaml:4: on.0: '61 * * * *' is not a cron expression: the minute '61' is not valid: 61 is out of range 0-59.",
            "pipelines/bad.yaml:5: on.1: There is no time zone 'Europe/Berln'; use an IANA name such as Europe/Berlin.",
            "pipelines/bad.yaml:8: steps.ingest.run: ${inputs.raw}: there is no input 'raw'",
            "pipelines/bad.yaml:8: steps.ingest.run: ${outputs.dat}: there is no output 'dat'; did you mean 'data'?",
            "pipelines/bad.yaml:11: steps.train.uses: there is no action 'fake.trian'; did you mean 'fake.train'? (known: fake.train)",
            "pipelines/bad.yaml:12: steps.fit: 'fake.train' needs the input 'data'",
            "pipelines/bad.yaml:14: steps.fit.inputs.dta: 'fake.train' has no input 'dta'; did you mean 'data'? (it has: data, extra)",
            "pipelines/bad.yaml:14: steps.fit.inputs.dta: the step 'ingest' makes no output 'dat'; did you mean 'data'? (it makes: data)",
            "pipelines/bad.yaml:15: steps.fit.with.depth: 'fake.train' has no parameter 'depth' (it has: rounds)",
            "pipelines/bad.yaml:15: steps.fit.with.rounds: expected a number, such as 10, but found the text \"many\"",
            "pipelines/bad.yaml:18: steps.score.inputs.data: there is no file 'ingst.data' and no step 'ingst'; did you mean 'ingest'?",
            "pipelines/bad.yaml:19: steps.score.with.rounds: ${params.round}: there is no parameter 'round'; did you mean 'rounds'?",
            "pipelines/bad.yaml:20: steps.score.needs: there is no step 'trai'; did you mean 'train'?",
            "pipelines/bad.yaml:21: steps.score: the step 'score' occurs 2 times",
            "pipelines/bad.yaml:23: steps.score.colour: unknown key (known: name, uses, run, code, with, inputs, outputs, needs, retry, timeout, cache, line)",
        ],
        ignoreOrder: true);
    }

    [Fact]
    public async Task Plan_WithCycle_PrintsIt()
    {
        var details = await ErrorsAsync("""
            steps:
              - {name: a, run: "true", inputs: {x: c.out}, outputs: [out]}
              - {name: b, run: "true", inputs: {x: a.out}, outputs: [out]}
              - {name: c, run: "true", inputs: {x: b.out}, outputs: [out]}
            """);
        details.ShouldHaveSingleItem().ShouldMatch("the steps depend on each other in a circle: (a -> b -> c -> a|b -> c -> a -> b|c -> a -> b -> c)$");
    }

    [Theory]
    [InlineData("steps: [", "bad.yaml:1: not readable as YAML: the list that opens here is not closed")]
    [InlineData("name: p\nsteps:\n  - name: a\n    run: x\n    outputs: [a, b\n", "bad.yaml:5: not readable as YAML: the list that opens here is not closed")]
    [InlineData("params: {a: {[1]: 2}}\nsteps: [{name: a, run: x}]", "bad.yaml:1: params.a")]
    [InlineData("params: &p {a: *p}\nsteps: [{name: a, run: x}]", "bad.yaml:1: not readable as YAML: the alias '*p'")]
    [InlineData("", "the file is empty")]
    [InlineData("steps: []", "the pipeline has no steps")]
    [InlineData("steps: {a: 1}", "expected a list, but found a map")]
    [InlineData("steps: [{name: a b, run: x}]", "'a b' is not a name for a step")]
    [InlineData("steps: [{name: a}]", "the step does nothing")]
    [InlineData("steps: [{name: a, run: x, uses: fake.train}]", "a step has either 'uses' or 'run'")]
    [InlineData("steps: [{name: a, run: x, timeout: soon}]", "expected a duration")]
    [InlineData("steps: [{name: a, run: x, outputs: {o: ../up}}]", "not a plain file name")]
    [InlineData("steps: [{name: a, run: x, inputs: {i: ../up}}]", "outside the project")]
    [InlineData("name: a\nname: b\nsteps: [{name: a, run: x}]", "uplicate key")]
    public async Task Plan_WithOneError_SaysSo(string text, string expected) =>
        (await ErrorsAsync(text)).ShouldContain(detail => detail.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public async Task Plan_Corrupted_IsReadOrItsErrorsHaveLines()
    {
        await using var project = await PipelineProject.OpenAsync(FakeAction.Train());
        project.Write("data.csv", "1");
        var plan = project.Services.GetRequiredService<PlanPipeline>();
        const string Valid = """
            params: {rounds: 100}
            on: [{cron: "0 3 * * *"}]
            steps:
              - name: copy
                run: cp ${inputs.raw} ${outputs.out}
                inputs: {raw: data.csv}
                outputs: [out]
                retry: {max: 2, backoff: 1.5s}
              - {name: fit, uses: fake.train, inputs: {data: copy.out}, with: {rounds: "${params.rounds}"}}
            """;
        foreach (var text in Corruptions.Of(Valid, "[}:*$"))
        {
            project.Write("pipelines/bad.yaml", text);
            if ((await plan.RunAsync("bad", CancellationToken.None)).Problem is { } problem)
            {
                problem.Code.ShouldBe("pipeline.invalid", text);
                problem.Details.ShouldNotBeEmpty(text);
                problem.Details.ShouldAllBe(detail => detail.File == "pipelines/bad.yaml" && detail.Line > 0, text);
            }
        }
    }

    [Fact]
    public async Task Plan_ReadBackFromItsJson_HasTheSameDigest()
    {
        await using var project = await PipelineProject.OpenAsync(FakeAction.Train());
        project.Write("data.csv", "1");
        project.Write("pipelines/train.yaml", """
            name: train
            params: {rounds: 100, title: {default: "ä \"quoted\" \\ 😀", help: Title.}, rate: 0.10}
            on: [{cron: "0 3 * * *", timezone: Europe/Berlin}, {event: drift.detected, subject: "model:churn"}]
            steps:
              - {name: copy, run: [cp, "${inputs.raw}", "${outputs.out}"], inputs: {raw: data.csv}, outputs: {out: copy.csv}, retry: {max: 2, backoff: 1.5s}, timeout: 90s, cache: false}
              - {name: fit, uses: fake.train, inputs: {data: copy.out}, with: {rounds: "${params.rounds}"}, needs: copy}
            """);
        var plan = project.Services.GetRequiredService<PlanPipeline>();
        var first = (await plan.RunAsync("train", CancellationToken.None)).Value.Plan;
        project.Write("pipelines/again.yaml", first.ToJson());
        (await plan.RunAsync("again", CancellationToken.None)).Value.Plan.Digest().ShouldBe(first.Digest());
    }

    private static async Task<List<string>> ErrorsAsync(string text)
    {
        await using var project = await PipelineProject.OpenAsync(FakeAction.Train());
        project.Write("pipelines/bad.yaml", text);
        var result = await project.Services.GetRequiredService<PlanPipeline>().RunAsync("bad", CancellationToken.None);
        result.Problem.ShouldNotBeNull();
        result.Problem.Code.ShouldBe("pipeline.invalid");
        return [.. result.Problem.Details.Select(detail => detail.ToString())];
    }
}
