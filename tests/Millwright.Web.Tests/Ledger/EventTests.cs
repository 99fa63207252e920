using System.Text.Json;
using Millwright.Contracts.Ledger;
using Millwright.Web.Ledger;
using Millwright.Web.Parts;

namespace Millwright.Web.Tests.Ledger;

/// <summary>How an event reads in a table.</summary>
public sealed class EventTests
{
    [Theory]
    [InlineData("run.finished", "{\"state\":\"failed\"}", Tone.Bad)]
    [InlineData("run.finished", "{\"status\":\"killed\"}", Tone.Warn)]
    [InlineData("run.finished", "{\"state\":\"succeeded\"}", Tone.Good)]
    [InlineData("run.started", "{\"status\":\"running\"}", Tone.Quiet)]
    [InlineData("rollout.rolled_back", "{\"state\":\"succeeded\"}", Tone.Bad)]
    [InlineData("run.finished", "[]", Tone.Quiet)]
    public void Tone_OfWhatEnded_IsThatOfItsEnd(string kind, string body, Tone tone)
    {
        using var facts = JsonDocument.Parse(body);
        EventTone.Of(new LedgerEventDto(1, "e", DateTimeOffset.UnixEpoch, "ada", kind, "run:1", [], [], facts.RootElement, "", "")).ShouldBe(tone);
    }

    [Theory]
    [InlineData("{\"from\":\"none\",\"to\":\"production\",\"steps\":[1],\"n\":3,\"more\":true}", "from none · to production · n 3")]
    [InlineData("{\"artifact\":\"sha256:982decccf1b7fc2463134206335cf836b13614c31\",\"empty\":\"\"}", "artifact sha256:982decccf1b7f…")]
    [InlineData("{}", "")]
    [InlineData("null", "")]
    public void Facts_OfAnEvent_AreShortAndPlain(string body, string line)
    {
        using var facts = JsonDocument.Parse(body);
        EventFacts.Of(facts.RootElement).ShouldBe(line);
    }
}
