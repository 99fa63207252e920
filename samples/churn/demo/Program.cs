using System.Runtime.CompilerServices;
using Millwright.Demo;

var stay = !args.Contains("--exit") && !Console.IsOutputRedirected;
var repository = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));
try
{
    await using var story = new Story(repository, new Narrator());
    await story.RunAsync();
    if (stay)
    {
        Console.WriteLine();
        Console.WriteLine($"The server stays up at {story.Url} (Ctrl-C ends it). The project is in {story.Project}.");
        var end = new TaskCompletionSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            end.TrySetResult();
        };
        await end.Task;
    }

    return 0;
}
catch (DemoFailedException failed)
{
    Console.Error.WriteLine();
    Console.Error.WriteLine($"error: the demo did not do what it says: {failed.Message}");
    Console.Error.WriteLine("fix: run it again; if it fails again, please report it with this output");
    return 1;
}

static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
