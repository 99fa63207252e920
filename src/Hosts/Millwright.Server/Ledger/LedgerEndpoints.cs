using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Ledger;
using Millwright.Ledger;
using Millwright.Ledger.Search;
using Millwright.Ledger.Trace;
using Millwright.Ledger.Verify;
using Millwright.Server.Problems;

namespace Millwright.Server.Ledger;

/// <summary>The ledger over HTTP.</summary>
public static class LedgerEndpoints
{
    /// <summary>Maps <c>/api/ledger</c>.</summary>
    public static void MapLedger(this IEndpointRouteBuilder app)
    {
        var ledger = app.MapGroup("/api/ledger").WithTags("Ledger");
        ledger.MapGet("", Search).WithName("SearchLedger").WithSummary("Search the audit trail, newest first.");
        ledger.MapGet("/verify", Verify).WithName("VerifyLedger").WithSummary("Recompute the hash chain.");
        ledger.MapGet("/trace", TraceAsync).WithName("TraceSubject").WithSummary("Walk the lineage of a subject both ways.");
    }

    private static IResult Search(
        SearchLedger search, string? kind = null, string? subject = null, string? actor = null, string? text = null,
        long? before = null, long? after = null, int limit = 100)
    {
        var page = search.Run(new LedgerQuery
        {
            Kind = kind, Subject = subject, Actor = actor, Text = text, Before = before, After = after, NewestFirst = after is null, Limit = limit,
        });
        return TypedResults.Json(new LedgerPageDto([.. page.Events.Select(From)], page.Next), LedgerJson.Default.LedgerPageDto);
    }

    private static IResult Verify(VerifyLedger verify, CancellationToken ct)
    {
        var verdict = verify.Run(ct);
        return TypedResults.Json(
            new LedgerVerdictDto(verdict.Holds, verdict.Events, verdict.Head, [.. verdict.Findings.Select(finding => new LedgerFindingDto(finding.Seq, finding.Kind, finding.Message))]),
            LedgerJson.Default.LedgerVerdictDto);
    }

    private static async Task<IResult> TraceAsync(TraceSubject trace, string subject, CancellationToken ct, int depth = 20) =>
        Subject.TryParse(subject, out var parsed)
            ? (await trace.RunAsync(parsed, depth, ct)).ToHttp(From, LedgerJson.Default.LineageDto)
            : new Problem("subject.malformed", $"'{subject}' is not a subject.", "Write it as kind:id, such as model:churn/3 or prediction:ID.").ToHttp();

    internal static LedgerEventDto From(LedgerEvent happened) => new(
        happened.Seq, happened.Id, happened.At, happened.Actor.Name, happened.Kind, happened.Subject.ToString(),
        [.. happened.Inputs.Select(input => input.ToString())], [.. happened.Outputs.Select(output => output.ToString())],
        Parse(happened.Body), happened.Prev, happened.Hash);

    private static LineageDto From(Lineage lineage) => new(
        lineage.Start,
        [.. lineage.Nodes.Select(node => new LineageNodeDto(node.Subject, node.Kind, node.At, node.Actor, node.LastEvent))],
        [.. lineage.Edges.Select(edge => new LineageEdgeDto(edge.Source, edge.Target))]);

    private static JsonElement Parse(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
