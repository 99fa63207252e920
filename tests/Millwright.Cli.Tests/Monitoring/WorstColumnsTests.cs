using Millwright.Cli.Monitoring;
using Millwright.Contracts.Monitoring;

namespace Millwright.Cli.Tests.Monitoring;

public sealed class WorstColumnsTests
{
    [Theory]
    [InlineData(0, "-")]
    [InlineData(1, "column01")]
    [InlineData(3, "column03, column02, column01")]
    [InlineData(4, "column04, column03, column02 and 1 more")]
    [InlineData(19, "column19, column18, column17 and 16 more")]
    public void Window_WithManyColumns_NamesTheWorst(int drifted, string cell)
    {
        var columns = Enumerable.Range(1, 30).Select(index => Column(index, index <= drifted)).ToList();
        var window = new DriftWindowDto("churn", 1, 1, default, default, 500, [.. columns.Where(column => column.Drifted).Select(column => column.Column)], columns);
        WorstColumns.Of(window).ShouldBe(cell);
    }

    [Fact]
    public void Alert_NamesItsColumnsInTheOrderOfTheirScores()
    {
        AlertColumnDto[] scores = [.. Enumerable.Range(1, 5).Select(index => new AlertColumnDto($"column{index}", Score(1, drifted: true)))];
        var alert = new AlertDto("a", "churn", 1, "drift", "open", "", [.. scores.Select(score => score.Column)], default, default, 1, null, null, "", scores);
        WorstColumns.Of(alert).ShouldBe("column1, column2, column3 and 2 more");
    }

    private static ColumnDriftDto Column(int index, bool drifted) =>
        new($"column{index:00}", "number", drifted, [Score(index / 10.0, drifted), new("ks", 9, 0.5, 9, 0.1, false)]);

    private static DriftScoreDto Score(double effect, bool drifted) => new("psi", effect, 0, effect, 0.2, drifted);
}
