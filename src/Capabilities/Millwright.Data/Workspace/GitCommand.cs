using System.Diagnostics;
using System.Text;

namespace Millwright.Data.Workspace;

/// <summary>The <c>git</c> command in one folder. Where Git is absent, every answer is empty.</summary>
/// <param name="Folder">Where it runs.</param>
public sealed record GitCommand(string Folder)
{
    /// <summary>Runs a command and returns its output as text, or null when it failed.</summary>
    public async Task<string?> RunAsync(IReadOnlyList<string> arguments, string? input, CancellationToken ct)
    {
        var output = await RunBytesAsync(arguments, input, ct);
        return output is null ? null : Encoding.UTF8.GetString(output);
    }

    /// <summary>Runs a command and returns its output's bytes, or null when it failed.</summary>
    public async Task<byte[]?> RunBytesAsync(IReadOnlyList<string> arguments, string? input, CancellationToken ct)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(ct);
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, ct);
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input ?? ""), ct);
            process.StandardInput.Close();
            await Task.WhenAll(reading, errors);
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? output.ToArray() : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            return null;
        }
    }

    /// <summary>Runs a command that prints names separated by NUL.</summary>
    public async Task<HashSet<string>> NamesAsync(IReadOnlyList<string> arguments, string? input, CancellationToken ct) =>
        [.. (await RunAsync(arguments, input, ct) ?? "").Split('\0', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The nearest folder at or above this one that Git manages, or null.</summary>
    public static string? FindRoot(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
            {
                return at;
            }
        }

        return null;
    }
}
