using System.Diagnostics;
using Millwright.Testing;

namespace Millwright.EndToEnd.Tests;

[Trait("Needs", "Server")]
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_DoesEverythingItSays()
    {
        using var demo = Process.Start(new ProcessStartInfo(Path.Combine(Golden.Repository, "demo"), ["--exit"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        var (output, error) = (demo.StandardOutput.ReadToEndAsync(), demo.StandardError.ReadToEndAsync());
        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = await output + await error;
        demo.ExitCode.ShouldBe(0, said);
        said.ShouldContain("all steps did what they say");
        for (var step = 1; step <= 9; step++)
        {
            said.ShouldContain($"== {step}. ");
        }
    }
}
