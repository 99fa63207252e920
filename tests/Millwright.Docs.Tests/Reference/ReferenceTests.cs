using Millwright.Docs.Tests.Snippets;
using Millwright.Testing;

namespace Millwright.Docs.Tests.Reference;

public sealed class ReferenceTests
{
    [Fact]
    public void Configuration_Reference_IsCurrent() =>
        GeneratedDocument.Compare("docs/reference/configuration.md", ConfigurationReference.Write()).ShouldBeNull();

    [Fact]
    public void Configuration_EveryKey_HasAMeaning() =>
        ConfigurationReference.Write().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.EndsWith("|  |", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact, Trait("Needs", "Server")]
    public async Task Api_Actions_Expectations_Reference_IsCurrent()
    {
        await using var running = await FileSnippets.StartAsync(TestContext.Current.CancellationToken);
        string?[] stale =
        [
            GeneratedDocument.Compare("docs/reference/api.md", ApiReference.Write(running.Services)),
            GeneratedDocument.Compare("docs/reference/actions.md", ActionReference.Write(running.Services)),
            GeneratedDocument.Compare("docs/reference/expectations.md", ExpectationReference.Write(running.Services)),
        ];
        stale.OfType<string>().ShouldBeEmpty();
    }

    [Fact]
    public void StaleReference_IsNoticed()
    {
        if (Environment.GetEnvironmentVariable("MILLWRIGHT_REFRESH") is not { Length: > 0 })
        {
            GeneratedDocument.Compare("docs/reference/configuration.md", ConfigurationReference.Write() + "x").ShouldNotBeNull().ShouldContain("stale");
        }
    }
}
