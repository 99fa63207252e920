using System.Diagnostics;

namespace Millwright.Pipelines.Code;

/// <summary>Runs a tool and collects what it prints.</summary>
internal static class ToolRun
{
    public static async Task<(int Exit, string Output)> RunAsync(IReadOnlyList<string> argv, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(argv[0], argv.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var stopping = ct.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        return (process.ExitCode, await output + await errors);
    }
}
