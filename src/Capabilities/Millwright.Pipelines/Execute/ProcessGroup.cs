using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Millwright.Pipelines.Execute;

/// <summary>A child process that leads a process group of its own, so that it ends together with everything it started.</summary>
internal sealed partial class ProcessGroup : IDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;

    // The program that makes its child a group leader without a further process in between.
    private static readonly string? SetSid = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly bool _isLeader;

    private ProcessGroup(Process process, bool isLeader) => (_process, _isLeader) = (process, isLeader);

    public Process Process => _process;

    /// <summary>Starts a program with standard output and error redirected and no input.</summary>
    public static ProcessGroup Start(IReadOnlyList<string> argv, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo
        {
            FileName = SetSid ?? argv[0],
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in SetSid is null ? argv.Skip(1) : argv)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ProcessGroup(process, SetSid is not null);
    }

    /// <summary>Notes the group in a file, so that a later process can end it should this one die.</summary>
    public void Note(string file) =>
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{_process.Id} {StartOf(_process.Id)}"));

    /// <summary>Ends a group noted by a process that died; a process that has the number by chance but started at another time is left alone.</summary>
    public static void KillNoted(string file)
    {
        if (!OperatingSystem.IsWindows()
            && File.ReadAllText(file).Split(' ') is [var id, var started]
            && int.TryParse(id, CultureInfo.InvariantCulture, out var pid)
            && started.Length > 0 && StartOf(pid) == started)
        {
            _ = Signal(-pid, Kill);
        }
    }

    /// <summary>Waits for the end; when cancelled asks the group to end, and after the grace period kills it.</summary>
    /// <returns>The exit code; negative when a signal ended it.</returns>
    public async Task<int> WaitAsync(TimeSpan grace, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            await _process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Send(Terminate);
            try
            {
                await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(grace, clock, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                Send(Kill);
                await _process.WaitForExitAsync(CancellationToken.None);
            }

            throw;
        }
        finally
        {
            // Whatever the step left behind ends with it, and lets go of its output.
            Send(Kill);
        }

        return _process.ExitCode > 128 && !OperatingSystem.IsWindows() ? 128 - _process.ExitCode : _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    private static string StartOf(int pid)
    {
        try
        {
            // Field 22: start time in clock ticks since boot; the command before it may hold blanks and brackets.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return "";
        }
    }

    private void Send(int signal)
    {
        if (_isLeader)
        {
            _ = Signal(-_process.Id, signal);
        }
        else if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Signal(int pid, int signal);
}
