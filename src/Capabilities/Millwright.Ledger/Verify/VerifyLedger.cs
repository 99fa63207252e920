using Millwright.Abstractions.Ledger;

namespace Millwright.Ledger.Verify;

/// <summary>Recomputes the chain from its first event and names every place where history was changed, removed or reordered.</summary>
public sealed class VerifyLedger(ILedgerStore ledger)
{
    private const int PageSize = 1000;
    private const int MostFindings = 100;

    /// <summary>Reads everything once, in bounded memory.</summary>
    public LedgerVerdict Run(CancellationToken ct)
    {
        var findings = new List<LedgerFinding>();
        var head = ledger.Head();
        var (seq, hash, count) = (0L, LedgerHash.Genesis, 0L);
        while (findings.Count < MostFindings)
        {
            ct.ThrowIfCancellationRequested();
            var page = ledger.Read(new LedgerQuery { After = seq, Limit = PageSize });
            foreach (var stored in page)
            {
                findings.AddRange(Check(stored, seq, hash));
                (seq, hash) = (stored.Seq, stored.Hash);
                count++;
            }

            if (page.Count < PageSize)
            {
                break;
            }
        }

        if (seq != head.Seq)
        {
            findings.Add(new LedgerFinding(head.Seq, "removed", seq < head.Seq
                ? $"events {seq + 1} to {head.Seq} are missing at the end"
                : $"events {head.Seq + 1} to {seq} were added without moving the head"));
        }
        else if (hash != head.Hash && findings.Count == 0)
        {
            findings.Add(new LedgerFinding(seq, "changed", "the last event's hash is not the head's"));
        }

        return new LedgerVerdict(count, head.Hash, findings);
    }

    private static IEnumerable<LedgerFinding> Check(LedgerEvent stored, long before, string prev)
    {
        var expected = before + 1;
        if (stored.Seq != expected)
        {
            yield return new LedgerFinding(expected, "removed", stored.Seq == expected + 1
                ? $"event {expected} is missing"
                : $"events {expected} to {stored.Seq - 1} are missing");
        }

        var intact = LedgerHash.Compute(stored) == stored.Hash;
        if (!intact)
        {
            yield return new LedgerFinding(stored.Seq, "changed", $"event {stored.Seq} ({stored.Kind} {stored.Subject}) does not match its hash");
        }
        else if (stored.Prev != prev && stored.Seq == expected)
        {
            yield return new LedgerFinding(stored.Seq, "reordered", $"event {stored.Seq} ({stored.Kind} {stored.Subject}) does not follow event {before}");
        }
    }
}

/// <summary>The outcome.</summary>
/// <param name="Events">Events read.</param>
/// <param name="Head">The chain's last hash: note it elsewhere to anchor history.</param>
/// <param name="Findings">Empty when the chain holds; at most about 100.</param>
public sealed record LedgerVerdict(long Events, string Head, IReadOnlyList<LedgerFinding> Findings)
{
    /// <summary>Whether history is as it was written.</summary>
    public bool Holds => Findings.Count == 0;
}

/// <summary>One broken place.</summary>
/// <param name="Seq">Position.</param>
/// <param name="Kind"><c>changed</c>, <c>removed</c> or <c>reordered</c>.</param>
/// <param name="Message">What was found.</param>
public sealed record LedgerFinding(long Seq, string Kind, string Message);
