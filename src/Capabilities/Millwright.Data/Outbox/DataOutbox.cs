using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Data.Workspace;

namespace Millwright.Data.Outbox;

/// <summary>An event on its way to the ledger.</summary>
/// <param name="Id">Identifier; the one who drains appends an id once only.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Draft">The event.</param>
public sealed record OutboxEntry(string Id, DateTimeOffset At, LedgerDraft Draft);

/// <summary>
/// Events of data commands wait in <c>.millwright/outbox.jsonl</c> for the project's server, one JSON object per line: data commands work
/// without a server. Only a project has an outbox: without a <c>.millwright</c> folder nothing is written.
/// </summary>
public static class DataOutbox
{
    private const string FileName = "outbox.jsonl";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Appends events, durably.</summary>
    /// <param name="projectFolder">The project's root.</param>
    /// <param name="events">In the order in which they happened, each with an id: the ledger takes an id once only.</param>
    /// <param name="clock">For times.</param>
    /// <param name="ct">Cancels waiting for another process that is at it.</param>
    public static async Task AppendAsync(string projectFolder, IReadOnlyList<(string Id, LedgerDraft Draft)> events, TimeProvider clock, CancellationToken ct)
    {
        if (events.Count == 0 || !Directory.Exists(Path.Combine(projectFolder, ".millwright")))
        {
            return;
        }

        var lines = new StringBuilder();
        foreach (var (id, draft) in events)
        {
            lines.Append(Line(new OutboxEntry(id, clock.GetUtcNow(), draft))).Append('\n');
        }

        using var held = await LockAsync(projectFolder, clock, ct);
        using var file = new FileStream(PathOf(projectFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite);
        file.Seek(-Math.Min(1, file.Length), SeekOrigin.End);
        if (file.ReadByte() is not (-1 or '\n'))
        {
            // The rest of a line that a crash cut off.
            file.WriteByte((byte)'\n');
        }

        file.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Takes the waiting events: they are set aside under another name, so that commands go on appending. Call <see cref="Forget"/> when
    /// the ledger has them; until then the same events come again, with the same ids.
    /// </summary>
    public static async Task<ImmutableArray<OutboxEntry>> TakeAsync(string projectFolder, TimeProvider clock, CancellationToken ct)
    {
        var (waiting, taken) = (PathOf(projectFolder), PathOf(projectFolder) + ".taken");
        if (!File.Exists(waiting) && !File.Exists(taken))
        {
            return [];
        }

        using var held = await LockAsync(projectFolder, clock, ct);
        if (!File.Exists(taken))
        {
            File.Move(waiting, taken);
        }

        // A line that a crash cut off was never acknowledged.
        return [.. (await File.ReadAllLinesAsync(taken, ct)).Select(Parse).OfType<OutboxEntry>()];
    }

    /// <summary>Removes the events last taken.</summary>
    public static void Forget(string projectFolder) => File.Delete(PathOf(projectFolder) + ".taken");

    private static async Task<IDisposable> LockAsync(string projectFolder, TimeProvider clock, CancellationToken ct) =>
        await FileLock.TryTakeAsync(Path.Combine(projectFolder, ".millwright", "outbox.lock"), Patience, clock, ct)
            ?? throw new IOException("the outbox of the project is held by another process");

    private static string PathOf(string projectFolder) => Path.Combine(projectFolder, ".millwright", FileName);

    private static string Line(OutboxEntry entry) => new JsonObject
    {
        ["id"] = entry.Id,
        ["at"] = entry.At.ToString("O"),
        ["actor"] = entry.Draft.Actor.Name,
        ["kind"] = entry.Draft.Kind,
        ["subject"] = entry.Draft.Subject.ToString(),
        ["inputs"] = new JsonArray([.. entry.Draft.Inputs.Select(s => (JsonNode)s.ToString())]),
        ["outputs"] = new JsonArray([.. entry.Draft.Outputs.Select(s => (JsonNode)s.ToString())]),
        ["body"] = entry.Draft.Body.DeepClone(),
    }.ToJsonString();

    private static OutboxEntry? Parse(string line)
    {
        try
        {
            var node = JsonNode.Parse(line)!.AsObject();
            var draft = new LedgerDraft(new Actor((string)node["actor"]!), (string)node["kind"]!, ToSubject(node["subject"]))
            {
                Inputs = [.. node["inputs"]!.AsArray().Select(ToSubject)],
                Outputs = [.. node["outputs"]!.AsArray().Select(ToSubject)],
                Body = (JsonObject)node["body"]!.DeepClone(),
            };
            return new OutboxEntry((string)node["id"]!, DateTimeOffset.Parse((string)node["at"]!), draft);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Subject ToSubject(JsonNode? node) => Subject.TryParse((string?)node, out var subject) ? subject : default;
}
