using Millwright.Abstractions.Results;
using Millwright.Delivery;
using Millwright.Monitoring;
using Millwright.Server.Project;
using Millwright.Testing;

namespace Millwright.Server.Tests.Project;

public sealed class ProjectConfigTests
{
    [Theory]
    [InlineData("delivery:\n  steps: [10, 100\n", "millwright.yaml:2: not readable as YAML: the list that opens here is not closed")]
    [InlineData("delivery: {steps: [100]\n\n", "millwright.yaml:1: not readable as YAML: the map that opens here is not closed")]
    [InlineData("delivery:\n\tbakeTime: 1s\n", "millwright.yaml:2: not readable as YAML")]
    [InlineData("delivery:\n  bakeTime: 1s\n  bakeTime: 2s\n", "millwright.yaml:3: not readable as YAML: Duplicate key bakeTime")]
    [InlineData("- delivery\n", "millwright.yaml:1: (root): expected keys and values")]
    [InlineData("delivery:\n  bakeTime: soon\n", "millwright.yaml:2: delivery.bakeTime: expected a duration")]
    [InlineData("delivery:\n  bakeTime: 1e999d\n", "millwright.yaml:2: delivery.bakeTime: expected a duration")]
    [InlineData("delivery:\n  bakeTime: 999999999999d\n", "millwright.yaml:2: delivery.bakeTime: expected a duration")]
    [InlineData("delivery:\n  [a]: 1\n", "millwright.yaml:2: delivery: expected a key, found a list or map")]
    public void Config_Broken_NamesLineAndKey(string text, string said) =>
        Read(text).Problem.ShouldNotBeNull().Details.ShouldHaveSingleItem().ToString().ShouldStartWith(said);

    [Fact]
    public void Config_Utf16_SaysThatItMustBeUtf8()
    {
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder["millwright.yaml"], [0x64, 0, 0x65, 0]);
        ProjectConfig.Read(folder["millwright.yaml"], Sections).Problem!.Details[0].ToString().ShouldStartWith("millwright.yaml:1: not readable as YAML: the character U+0000 stands there; the file must be UTF-8");
    }

    [Fact]
    public void Config_Corrupted_IsReadOrItsErrorsHaveLines()
    {
        using var folder = new ScratchFolder();
        foreach (var text in Corruptions.Of("# ours\nmonitoring:\n  window: 5m\n  webhook: http://127.0.0.1:1/x\ndelivery: {steps: [10, 100], bakeTime: 1.5s}\n", "[]{}:&*'\t\0e"))
        {
            File.WriteAllText(folder["millwright.yaml"], text);
            if (ProjectConfig.Read(folder["millwright.yaml"], Sections).Problem is { } problem)
            {
                problem.Details.ShouldNotBeEmpty(text);
                problem.Details.ShouldAllBe(detail => detail.File == "millwright.yaml" && detail.Line > 0, text);
            }
        }
    }

    private static readonly ConfigSection[] Sections = [new("delivery", typeof(DeliveryOptions)), new("monitoring", typeof(MonitoringOptions))];

    private static Result<Microsoft.Extensions.Configuration.IConfiguration> Read(string text)
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["millwright.yaml"], text);
        return ProjectConfig.Read(folder["millwright.yaml"], Sections);
    }
}
