namespace Millwright.Bench;

/// <summary>One reproducible measurement behind one claim; found by its type, run by its name.</summary>
internal interface IScenario
{
    /// <summary>What to type.</summary>
    string Name { get; }

    /// <summary>The claim, with its number.</summary>
    string Claim { get; }

    /// <summary>Measures, prints figures with a ratio or limit beside each, and says whether the claim holds.</summary>
    Task<bool> RunAsync(Report report);
}

/// <summary>Where a scenario prints.</summary>
internal sealed class Report
{
    /// <summary>A figure with what it is compared with.</summary>
    public void Figure(string what, string value, string beside) => Console.WriteLine($"  {what,-44} {value,16}   {beside}");
}
