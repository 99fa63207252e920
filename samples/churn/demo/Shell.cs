using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Millwright.Demo;

/// <summary>Runs the commands that a user would type, prints each before its result, and hands the output back to be checked.</summary>
internal sealed class Shell(string folder, string tools, Narrator narrator)
{
    private const int ShownLines = 30;

    /// <summary>Runs one command line; any other exit code than the expected one ends the demo.</summary>
    public async Task<string> RunAsync(string command, int exit = 0, bool quiet = false)
    {
        narrator.Command(command);
        using var process = Start(command);
        var text = new StringBuilder();
        var shown = 0;
        void Take(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (text)
            {
                text.AppendLine(line);
                if (!quiet && shown++ < ShownLines)
                {
                    narrator.Output(line);
                }
            }
        }

        process.OutputDataReceived += (_, data) => Take(data.Data);
        process.ErrorDataReceived += (_, data) => Take(data.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync();
        if (shown > ShownLines)
        {
            narrator.Output($"... {shown - ShownLines} more lines");
        }

        Check.That(process.ExitCode == exit, $"'{command}' ended with {process.ExitCode}, expected {exit}:\n{text}");
        return text.ToString();
    }

    /// <summary>Runs a command with <c>--json</c> without showing it and returns its document.</summary>
    public async Task<JsonElement> AskAsync(string command)
    {
        using var process = Start(command + " --json");
        var error = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Check.That(process.ExitCode == 0, $"'{command} --json' ended with {process.ExitCode}: {await error}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Starts a command that goes on in the background.</summary>
    public Process Start(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = $"{tools}:{start.Environment["PATH"]}";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["GIT_AUTHOR_NAME"] = start.Environment["GIT_COMMITTER_NAME"] = "Ada";
        start.Environment["GIT_AUTHOR_EMAIL"] = start.Environment["GIT_COMMITTER_EMAIL"] = "ada@example.org";
        return Process.Start(start)!;
    }
}

/// <summary>A claim of the demo that must be true.</summary>
internal static class Check
{
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new DemoFailedException(otherwise);
        }
    }
}

/// <summary>The demo did not do what it says.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
