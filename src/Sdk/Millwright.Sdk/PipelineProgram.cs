using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Sdk;

/// <summary>What the compiled program does when the host starts it.</summary>
internal static class PipelineProgram
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    private static readonly JsonSerializerOptions ContextOptions = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(string[] args, Func<string, JsonObject> plan, IReadOnlyDictionary<string, Func<StepContextFile, StepScope, Task>> code)
    {
        switch (args)
        {
            case ["plan"]:
                StandardOutput.Line(plan("").ToJsonString(SdkJson.Options));
                return Good;
            case ["plan", var build]:
                StandardOutput.Line(plan(build).ToJsonString(SdkJson.Options));
                return Good;
            case ["plan", var build, var file]:
                await System.IO.File.WriteAllTextAsync(file, plan(build).ToJsonString(SdkJson.Options));
                return Good;
            case ["step", var name, var context] when code.TryGetValue(name, out var run):
                return await RunStepAsync(run, context);
            case ["step", var name, _]:
                StandardOutput.Line($"error: this pipeline has no step '{name}' in C#");
                return Misused;
            default:
                StandardOutput.Line("This is a Millwright pipeline. Run it with 'mw run FILE'; 'plan' prints its graph.");
                return args.Length == 0 ? Good : Misused;
        }
    }

    private static async Task<int> RunStepAsync(Func<StepContextFile, StepScope, Task> run, string file)
    {
        var context = JsonSerializer.Deserialize<StepContextFile>(await System.IO.File.ReadAllTextAsync(file), ContextOptions)!;
        using var stopping = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, asked =>
        {
            // The step may end tidily; the host kills it after the grace period.
            asked.Cancel = true;
            stopping.Cancel();
        });
        try
        {
            await run(context, new StepScope(context, stopping.Token));
            return Good;
        }
        catch (Exception failure)
        {
            // The boundary of the step's process: whatever its code throws is its answer, told with the place it came from.
            StandardOutput.Line($"error: {failure}");
            return Failed;
        }
    }
}
