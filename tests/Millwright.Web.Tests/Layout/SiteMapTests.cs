using System.Reflection;
using Microsoft.AspNetCore.Components;
using Millwright.Web.Layout;
using Millwright.Web.Tests.Browser;

namespace Millwright.Web.Tests.Layout;

/// <summary>What the pages say about themselves.</summary>
public sealed class SiteMapTests
{
    [Fact]
    public void Entries_EveryRoom_IsReachableOnce()
    {
        SiteMap.Entries[0].Title.ShouldBe("Overview");
        SiteMap.Entries.Select(entry => entry.Address).ShouldBeUnique();
        SiteMap.Entries.ShouldContain(entry => entry.Address == "/ledger");
    }

    [Theory]
    [InlineData("commit:abc", "/ledger/trace?subject=commit%3Aabc")]
    [InlineData("deployment:01jd", "/deployments/01jd")]
    [InlineData("model:churn/3", "/models/churn/3")]
    [InlineData("run:a?b#c", "/runs/a%3Fb%23c")]
    [InlineData("malformed", "/ledger/trace?subject=malformed")]
    public void AddressOf_Subject_LeadsToItsPageOrItsLineage(string subject, string address) => SiteMap.AddressOf(subject).ShouldBe(address);

    [Fact]
    public void EveryPage_OfTheAssembly_IsLookedAtInTheBrowser()
    {
        var looked = EveryPage.All.Values.Select(path => path.Split('?')[0]).ToList();
        var routes = typeof(SiteMap).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template);

        foreach (var route in routes.Where(route => route != "/not-found"))
        {
            looked.ShouldContain(path => Matches(route, path), $"no entry of EveryPage shows {route}");
        }
    }

    [Fact]
    public void Assembly_ItsReferences_AreTheClientAndTheContractsOnly() =>
        typeof(SiteMap).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("Millwright.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(["Millwright.Client", "Millwright.Contracts"]);

    private static bool Matches(string route, string path)
    {
        var (parts, given) = (route.Trim('/').Split('/'), path.Trim('/').Split('/'));
        return parts.Length == given.Length && parts.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
