using System.Text.Json;
using Millwright.Contracts.Ledger;
using Millwright.Web.Charts;
using Millwright.Web.Ledger;

namespace Millwright.Web.Tests.Parts;

/// <summary>Names come from outside: none of them becomes markup.</summary>
public sealed class EscapingTests
{
    [Fact]
    public async Task EventTable_HostileNames_StayText()
    {
        using var body = JsonDocument.Parse("{}");
        var happened = new LedgerEventDto(1, "e", DateTimeOffset.UnixEpoch, Seeds.Hostile, Seeds.Hostile, "run:" + Seeds.Hostile, [], [], body.RootElement, "", "");

        var document = await Rendered.OfAsync<EventTable>(new { Events = (IReadOnlyList<LedgerEventDto>)[happened] });

        document.QuerySelectorAll("img").ShouldBeEmpty();
        document.Body!.TextContent.ShouldContain(Seeds.Hostile);
    }

    [Fact]
    public async Task Graph_HostileNames_StayText()
    {
        var document = await Rendered.OfAsync<Graph>(new
        {
            Label = Seeds.Hostile,
            Nodes = (IReadOnlyList<GraphNode>)[new GraphNode("a", "<img src=x>", "</text><img>")],
            Edges = (IReadOnlyList<GraphEdge>)[],
        });

        document.QuerySelectorAll("img").ShouldBeEmpty();
        document.QuerySelector("text")!.TextContent.ShouldBe("<img src=x>");
    }

    [Fact]
    public async Task Chart_Figures_KeepFullPrecisionBehindTheRoundedText()
    {
        var document = await Rendered.OfAsync<Chart>(new
        {
            Label = "drift", Axis = "Window", Labels = (IReadOnlyList<string>)["1"],
            Series = (IReadOnlyList<ChartSeries>)[new ChartSeries("psi", [0.123456789], 0.2)],
        });

        document.QuerySelector("td.num")!.TextContent.ShouldBe("0.1235");
        document.QuerySelector("td.num")!.GetAttribute("data-value").ShouldBe("0.123456789");
        document.QuerySelector("th.num")!.GetAttribute("data-line").ShouldBe("0.2");
    }
}
