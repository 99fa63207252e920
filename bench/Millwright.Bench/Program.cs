using System.Reflection;
using Millwright.Bench;

var all = Assembly.GetExecutingAssembly().GetTypes()
    .Where(type => typeof(IScenario).IsAssignableFrom(type) && !type.IsInterface)
    .Select(type => (IScenario)Activator.CreateInstance(type)!)
    .OrderBy(scenario => scenario.Name, StringComparer.Ordinal)
    .ToList();
var chosen = args.Length == 0 ? all : [.. all.Where(scenario => args.Contains(scenario.Name))];
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"error: no scenario of that name\nfix: choose from {string.Join(", ", all.Select(scenario => scenario.Name))}");
    return 2;
}

var missed = 0;
foreach (var scenario in chosen)
{
    Console.WriteLine($"{scenario.Name}: {scenario.Claim}");
    var holds = await scenario.RunAsync(new Report());
    Console.WriteLine(holds ? "  holds" : "  MISSED");
    missed += holds ? 0 : 1;
}

return missed == 0 ? 0 : 1;
