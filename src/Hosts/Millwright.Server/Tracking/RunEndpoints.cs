using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Tracking;
using Millwright.Server.Problems;
using Millwright.Tracking;
using Millwright.Tracking.Artifacts;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Metrics;
using Millwright.Tracking.Runs;
using Millwright.Tracking.Search;

namespace Millwright.Server.Tracking;

/// <summary>Experiments and runs as our own API shows them.</summary>
internal static class RunEndpoints
{
    private const int MostExperiments = 10_000;

    private static readonly FrozenDictionary<string, RunKind> Kinds =
        Enum.GetValues<RunKind>().ToFrozenDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/experiments", Experiments).WithTags("Runs").WithName("ListExperiments").WithSummary("List experiments, newest first.");
        var runs = app.MapGroup("/api/tracking").WithTags("Runs");
        runs.MapGet("/runs", List).WithName("ListTrackedRuns").WithSummary("Find runs by MLflow's filter language, newest first.");
        runs.MapGet("/runs/{id}", Show).WithName("ShowTrackedRun").WithSummary("Show a run by its id or the only id that begins so.");
        runs.MapGet("/runs/{id}/metrics", History).WithName("ShowMetric").WithSummary("Show how a metric went, sampled at even steps.");
        runs.MapGet("/runs/{id}/artifacts", ArtifactsAsync).WithName("ListArtifacts").WithSummary("List a folder of a run's artifacts.");
        runs.MapGet("/compare", Compare).WithName("CompareRuns").WithSummary("Put 2 to 200 runs side by side.");
    }

    private static IResult Experiments(IExperimentStore experiments) => TypedResults.Json(
        new ExperimentListDto([.. All(experiments).Select(found => new ExperimentDto(found.Id.ToString(), found.Name, Time(found.CreatedAt)!.Value, found.Tags))]),
        TrackingJson.Default.ExperimentListDto);

    private static IResult List(
        SearchRuns search, IExperimentStore experiments, string? experiment = null, string? filter = null, string? orderBy = null, string? kind = null, int limit = 50, string? token = null)
    {
        if (kind is not null && !Kinds.ContainsKey(kind))
        {
            return new Problem("run.kind", $"'{kind}' is not a kind of run.", $"Use one of {string.Join(", ", Kinds.Keys.Order(StringComparer.Ordinal))}.").ToHttp();
        }

        var all = All(experiments);
        var asked = experiment is null ? all : [.. all.Where(one => one.Name == experiment || one.Id.ToString() == experiment)];
        if (experiment is not null && asked.Count == 0)
        {
            return TrackingProblems.UnknownExperimentName(experiment).ToHttp();
        }

        var order = orderBy?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return search.Run([.. asked.Select(one => one.Id)], filter, order, Lifecycle.Active, Math.Clamp(limit, 1, 1000), token, kind is null ? null : Kinds[kind])
            .ToHttp(page => new TrackedRunListDto([.. page.Items.Select(run => From(run, all))], page.Next), TrackingJson.Default.TrackedRunListDto);
    }

    private static IResult Show(IRunStore runs, SearchRuns search, IExperimentStore experiments, string id) =>
        Find(runs, search, experiments, id).ToHttp(run => From(run, All(experiments)), TrackingJson.Default.TrackedRunDto);

    private static IResult History(IRunStore runs, SearchRuns search, IExperimentStore experiments, ReadHistory history, string id, string key, int points = 500) =>
        Find(runs, search, experiments, id)
            .Then(run => history.Sampled([run.Info.Id], key, null, null, Math.Clamp(points, 1, 2500)))
            .ToHttp(
                found => new MetricHistoryDto(found[0].Run.Value, key, [.. found[0].Points.Select(point => new MetricPointDto(point.Step, point.Timestamp, Finite(point.Value)))]),
                TrackingJson.Default.MetricHistoryDto);

    private static async Task<IResult> ArtifactsAsync(IRunStore runs, SearchRuns search, IExperimentStore experiments, ListArtifacts list, string id, CancellationToken ct, string? path = null) =>
        Find(runs, search, experiments, id).TryGet(out var run, out var problem)
            ? (await list.RunAsync(run.Info.Id, path, ct)).ToHttp(
                found => new ArtifactListDto(
                    found.Run.Id.Value, found.Folder.Value, [.. found.Entries.Select(entry => new ArtifactDto(found.Folder.Child(entry.Name).Value, entry.Name, entry.Length))]),
                TrackingJson.Default.ArtifactListDto)
            : problem.ToHttp();

    private static IResult Compare(HttpContext http, IRunStore runs, SearchRuns search, IExperimentStore experiments, CompareRuns compare)
    {
        var ids = new List<RunId>();
        foreach (var asked in http.Request.Query["run"].OfType<string>())
        {
            if (!Find(runs, search, experiments, asked).TryGet(out var run, out var problem))
            {
                return problem.ToHttp();
            }

            ids.Add(run.Info.Id);
        }

        return compare.Run(ids).ToHttp(
            found => new RunComparisonDto(
                [.. found.Runs.Select(run => run.Id.Value)], [.. found.Runs.Select(run => run.Name)],
                [.. found.Keys.Select(key => new ComparedKeyDto(key.Kind, key.Key, key.Values, key.Differs))]),
            TrackingJson.Default.RunComparisonDto);
    }

    // People type the beginning of an id.
    private static Result<Run> Find(IRunStore runs, SearchRuns search, IExperimentStore experiments, string id)
    {
        if (runs.Find(new RunId(id)) is { } exact)
        {
            return exact;
        }

        if (id.Length < 4 || id.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return TrackingProblems.UnknownRun(new RunId(id));
        }

        return search.Run([.. All(experiments).Select(one => one.Id)], $"run_id LIKE '{id}%'", [], null, 2, null).Then<Run>(page => page.Items switch
        {
            [var only] => only,
            [] => TrackingProblems.UnknownRun(new RunId(id)),
            _ => new Problem("run.ambiguous", $"Several runs begin with '{id}'.", "Give more digits.", ProblemKind.Conflict),
        });
    }

    private static IReadOnlyList<Experiment> All(IExperimentStore experiments) => experiments.Search(new ExperimentQuery([], [], Lifecycle.Active, 0, MostExperiments));

    private static TrackedRunDto From(Run run, IReadOnlyList<Experiment> experiments) => new(
        run.Info.Id.Value, run.Info.Name, experiments.FirstOrDefault(one => one.Id == run.Info.Experiment)?.Name ?? run.Info.Experiment.ToString(),
        run.Kind.ToString().ToLowerInvariant(), run.Info.Status.ToString().ToLowerInvariant(), run.Info.User, Time(run.Info.StartTime), Time(run.Info.EndTime),
        run.Metrics.ToDictionary(metric => metric.Key, metric => Finite(metric.Value), StringComparer.Ordinal), run.Parameters, run.Tags);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    // Clients may say any number; only what is a time is shown as one.
    private static DateTimeOffset? Time(long? at) => at is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(at.Value) : null;
}
