using System.Diagnostics;

namespace Millwright.Demo;

/// <summary>Tells what happens and keeps the closing table.</summary>
internal sealed class Narrator
{
    private readonly List<(string Step, string What, double Seconds)> _table = [];
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private readonly bool _colour = !Console.IsOutputRedirected;

    public async Task StepAsync(string title, Func<Task<string>> step)
    {
        Console.WriteLine();
        Console.WriteLine(Paint($"== {_table.Count + 1}. {title}", 1));
        var watch = Stopwatch.StartNew();
        var what = await step();
        _table.Add((title, what, watch.Elapsed.TotalSeconds));
    }

    public void Say(string text) => Console.WriteLine(Paint($"# {text}", 36));

    public void Command(string command) => Console.WriteLine(Paint($"$ {command}", 33));

    public void Output(string line) => Console.WriteLine("  " + line);

    public void Table()
    {
        Console.WriteLine();
        var width = _table.Max(row => row.Step.Length);
        var wide = _table.Max(row => row.What.Length);
        Console.WriteLine($"{"step".PadRight(width + 6)}{"what happened".PadRight(wide + 2)}seconds");
        for (var index = 0; index < _table.Count; index++)
        {
            var (step, what, seconds) = _table[index];
            Console.WriteLine($"{index + 1,2}. {step.PadRight(width)}  {what.PadRight(wide + 2)}{seconds,7:0.0}");
        }

        Console.WriteLine($"{"".PadRight(width + 6)}{"all steps did what they say".PadRight(wide + 2)}{_total.Elapsed.TotalSeconds,7:0.0}");
    }

    private string Paint(string text, int code) => _colour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
