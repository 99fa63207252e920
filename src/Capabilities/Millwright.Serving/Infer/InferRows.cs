using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Serving.Infer.MLflow;
using Millwright.Serving.Infer.OpenInference;
using Millwright.Serving.Load;
using Millwright.Serving.Predictions;
using Millwright.Serving.Statistics;

namespace Millwright.Serving.Infer;

/// <summary>
/// Answers a request: chooses the version, reads the rows by its signature, encodes, scores, logs each row and writes the answer. Both
/// protocols go through here. When the version is loaded nothing waits.
/// </summary>
public sealed class InferRows(
    ServedModels models, ITrafficSplit split, IPredictionLog log, ServingStatistics statistics, ServingMeter meter, TimeProvider clock, ILogger<InferRows> logger)
{
    private readonly IInferenceProtocol[] _protocols = [new OpenInferenceProtocol(), new MLflowProtocol()];
    private readonly Workspace.Pool _pool = new();
    private readonly PredictionIds _ids = new();

    /// <summary>Writes the answer's body to <paramref name="output"/>; nothing is written when there is a problem.</summary>
    public async ValueTask<InferOutcome> RunAsync(InferRequest request, IBufferWriter<byte> output, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var workspace = _pool.Rent();
        try
        {
            var protocol = _protocols[(int)request.Protocol];
            if (!Route(protocol, request, workspace.Head).TryGet(out var target, out var problem))
            {
                return InferOutcome.Refused(problem);
            }

            var served = models.TryGet(target.Model, target.Version);
            if (served is null && !(await models.GetAsync(target.Model, target.Version, ct)).TryGet(out served, out problem))
            {
                if (problem.Kind != ProblemKind.NotFound)
                {
                    statistics.Failed(target.Deployment, target.Version, clock.GetElapsedTime(started));
                }

                return InferOutcome.Refused(problem);
            }

            try
            {
                return Answer(protocol, request, target, served, workspace, output, started);
            }
            finally
            {
                served.Exit();
            }
        }
        finally
        {
            _pool.Return(workspace);
        }
    }

    private Result<TrafficTarget> Route(IInferenceProtocol protocol, InferRequest request, RequestHead head)
    {
        head.Clear();
        try
        {
            if (protocol.ReadHead(request.Body.Span, head) is { } problem)
            {
                return problem;
            }
        }
        catch (JsonException malformed)
        {
            return MalformedBody.Describe(request.Body.Span, malformed);
        }
        catch (InvalidOperationException malformed)
        {
            // A text that is no Unicode.
            return InferProblems.Json(malformed.Message);
        }

        if (request.Model is not { } model)
        {
            if (split.Models is not [var only])
            {
                return new Problem("inference.model", $"{split.Models.Count} models are deployed, the request names none.", "Use /models/NAME/invocations.", ProblemKind.NotFound);
            }

            model = only;
        }

        if (request.Version is { } version)
        {
            return split.Targets(model).FirstOrDefault(candidate => candidate.Version == version) ?? new TrafficTarget(model, version, "", 0);
        }

        // Without a key or an id every request is its own key.
        var key = request.Key ?? head.Key ?? head.Id ?? _ids.Next(clock.GetUtcNow());
        return split.Route(model, key) is { } target
            ? target
            : new Problem("inference.undeployed", $"No version of '{model}' is deployed.", $"Deploy one with 'mw deploy {model}/VERSION'.", ProblemKind.NotFound);
    }

    private InferOutcome Answer(
        IInferenceProtocol protocol, InferRequest request, TrafficTarget target, ServedModel served, Workspace workspace, IBufferWriter<byte> output, long started)
    {
        var rows = workspace.Rows;
        rows.Start(served);
        if (Read(protocol, request.Body.Span, workspace.Head, served, rows) is { } problem)
        {
            meter.Record(served.Name, served.VersionText, "invalid", 0, clock.GetElapsedTime(started));
            return new InferOutcome(served.VersionText, target.Deployment, problem);
        }

        if (!Score(served, workspace).TryGet(out var scores, out problem))
        {
            var failedAfter = clock.GetElapsedTime(started);
            statistics.Failed(target.Deployment, target.Version, failedAfter);
            meter.Record(served.Name, served.VersionText, "error", 0, failedAfter);
            return new InferOutcome(served.VersionText, target.Deployment, problem) { IsModelFailure = true };
        }

        var (ids, sum) = LogRows(target, served, rows, scores.Span);
        workspace.Json.Reset(output);
        protocol.Write(workspace.Json, new Answer(served, workspace.Head.Id ?? ids[0], ids, scores));
        workspace.Json.Flush();
        var duration = clock.GetElapsedTime(started);
        statistics.Answered(target.Deployment, target.Version, duration, rows.Rows, sum);
        meter.Record(served.Name, served.VersionText, "ok", rows.Rows, duration);
        return new InferOutcome(served.VersionText, target.Deployment, null);
    }

    private static Problem? Read(IInferenceProtocol protocol, ReadOnlySpan<byte> body, RequestHead head, ServedModel served, RowBatch rows)
    {
        try
        {
            return protocol.ReadRows(body, head, served, rows) ?? rows.Check();
        }
        catch (JsonException malformed)
        {
            return MalformedBody.Describe(body, malformed);
        }
        catch (InvalidOperationException malformed)
        {
            // A text that is no Unicode.
            return InferProblems.Json(malformed.Message);
        }
    }

    private Result<ReadOnlyMemory<float>> Score(ServedModel served, Workspace workspace)
    {
        var (rows, width) = (workspace.Rows.Rows, served.Predictor.FeatureCount);
        var vectors = workspace.Vectors(checked(rows * width)).Span;
        for (var row = 0; row < rows; row++)
        {
            served.Encoder.Encode(workspace.Rows.Row(row), vectors.Slice(row * width, width));
        }

        var scores = workspace.Scores(rows * served.OutputCount);
        try
        {
            served.Predictor.Predict(vectors, rows, scores.Span);
        }
        catch (Exception failure)
        {
            // One model's failure is its own: it counts against its deployment and the server goes on.
            Log.ScoringFailed(logger, served.Name, served.Version, rows, failure);
            return new Problem("inference.failed", $"{served.Name} version {served.Version} failed: {failure.Message}", "See the server's log; roll back to a version that answers.");
        }

        foreach (var score in scores.Span)
        {
            if (!float.IsFinite(score))
            {
                return new Problem("inference.score", $"{served.Name} version {served.Version} answered {score}, which is no score.", "Roll back to a version that answers numbers.");
            }
        }

        return (ReadOnlyMemory<float>)scores;
    }

    private (string[] Ids, double ScoreSum) LogRows(TrafficTarget target, ServedModel served, RowBatch rows, ReadOnlySpan<float> scores)
    {
        var ids = new string[rows.Rows];
        var at = clock.GetUtcNow();
        var sum = 0.0;
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = _ids.Next(at);
            var score = scores[row * served.OutputCount];
            sum += score;
            log.Append(new Prediction(ids[row], at, served.Name, served.Version, target.Deployment, served.ColumnNames, rows.Raw(row), score));
        }

        return (ids, sum);
    }
}
