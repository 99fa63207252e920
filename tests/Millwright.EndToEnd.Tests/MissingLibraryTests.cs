namespace Millwright.EndToEnd.Tests;

/// <summary>A machine without XGBoost: its library is hidden behind an empty file in a mount namespace of the test's own.</summary>
[Trait("Needs", "Server")]
public sealed class MissingLibraryTests
{
    private const string Hidden = """for library in $(ldconfig -p | grep -o "/.*libxgboost.*"); do mount --bind /dev/null "$library"; done;""";

    [Fact]
    public async Task Doctor_SaysWhatIsMissingAndHowToGetIt()
    {
        using var terminal = await Terminal.WithProjectAsync();
        await terminal.RequireMountsAsync();
        var said = await terminal.OkAsync($"unshare -rm bash -c '{Hidden} mw doctor'");
        said.Out.ShouldContain("libxgboost.so.0: not found (training with XGBoost)");
        said.Out.ShouldContain("apt-get install -y libxgboost0");
    }

    [Fact]
    public async Task Training_SaysWhatIsMissingAndHowToGetIt()
    {
        using var terminal = await Terminal.WithProjectAsync();
        await terminal.RequireMountsAsync();
        terminal.TakeSample(customers: 1500);
        await terminal.OkAsync("mw data add data/customers.csv");
        (await terminal.RunAsync($"unshare -rm bash -c '{Hidden} mw run pipelines/bad.yaml'")).ShouldRefuse(3, "libxgboost.so.0) is not installed", "apt-get install -y libxgboost0");
        await terminal.OkAsync("mw run pipelines/bad.yaml");
    }
}
