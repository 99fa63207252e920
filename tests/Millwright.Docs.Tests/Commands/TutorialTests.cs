using System.Text.RegularExpressions;
using Millwright.Docs.Tests.Documents;
using Millwright.Testing;

namespace Millwright.Docs.Tests.Commands;

/// <summary>The tutorial explains the demo, so it has to show the demo's own commands.</summary>
public sealed partial class TutorialTests
{
    [Fact]
    public void EveryCommandOfTheDemo_StandsInTheTutorial() => Missing(Demo(), Tutorial()).ShouldBeEmpty();

    [Fact]
    public void Demo_HasManyCommands() => Commands(Demo()).Count().ShouldBeGreaterThan(20);

    [Fact]
    public void PlantedCommand_IsMissed() =>
        Missing(Demo() + "\n_shell.RunAsync(\"mw model show nothing\");", Tutorial()).ShouldBe(["mw model show nothing"]);

    private static string Demo() => File.ReadAllText(Path.Combine(Golden.Repository, "samples", "churn", "demo", "Story.cs"));

    private static string Tutorial() => Document.All.Single(page => page.Path is "docs/tutorial.md").Text;

    private static IEnumerable<string> Missing(string demo, string tutorial) => Commands(demo).Where(command => !tutorial.Contains("$ " + command, StringComparison.Ordinal));

    // Commands with an id in them are put together while the demo runs, and are not among these.
    private static IEnumerable<string> Commands(string demo) => CommandPattern().Matches(demo).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"(?:RunAsync|PipelineAsync|Command)\(""((?:mw|git|rm) [^""]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex CommandPattern();
}
