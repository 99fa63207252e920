using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Millwright.Cli.Tests.Data;

/// <summary>One line of a transcript.</summary>
public sealed record DvcStep(string Command, int Exit, string Stdout, string Stderr);

/// <summary>What a scenario left: the transcript and the snapshots taken on the way.</summary>
[UnsupportedOSPlatform("windows")]
public sealed record DvcOutcome(IReadOnlyList<DvcStep> Steps, IReadOnlyDictionary<string, DvcSnapshot> Snapshots);

/// <summary>A recorded scenario: commands to run, inputs to run them on, and what the recorded tool wrote.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class DvcScenario(string folder)
{
    private readonly string _expected = Path.Combine(folder, "expected");

    public IReadOnlyList<DvcStep> ExpectedSteps()
    {
        using var transcript = JsonDocument.Parse(File.ReadAllText(Path.Combine(_expected, "transcript.json")));
        return [.. transcript.RootElement.EnumerateArray().Select(step => new DvcStep(
            step.GetProperty("cmd").GetString()!, step.GetProperty("exit").GetInt32(), step.GetProperty("stdout").GetString()!, step.GetProperty("stderr").GetString()!))];
    }

    public DvcSnapshot ExpectedSnapshot(string name) => new(
        File.ReadAllLines(Path.Combine(_expected, name + ".tree.txt")),
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(_expected, name + ".files.json")))!);

    /// <summary>Runs the commands in a fresh folder with <paramref name="dvc"/> (a shell command) as <c>dvc</c>.</summary>
    public DvcOutcome Run(string dvc)
    {
        var root = Directory.CreateTempSubdirectory("dvc-golden").FullName;
        try
        {
            Prepare(root, dvc);
            return Play(root);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private DvcOutcome Play(string root)
    {
        var (steps, snapshots) = (new List<DvcStep>(), new Dictionary<string, DvcSnapshot>());
        foreach (var line in File.ReadAllLines(Path.Combine(folder, "commands.txt")).Where(l => l.Trim().Length > 0 && l[0] != '#'))
        {
            if (line.StartsWith("@snap ", StringComparison.Ordinal))
            {
                snapshots[line[6..].Trim()] = DvcSnapshot.Take(root);
                continue;
            }

            var (exit, stdout, stderr) = Shell(root, Path.Combine(root, "repo"), line);
            steps.Add(new DvcStep(line, exit, Tidy(root, stdout), Tidy(root, stderr)));
        }

        snapshots["final"] = DvcSnapshot.Take(root);
        return new DvcOutcome(steps, snapshots);
    }

    private void Prepare(string root, string dvc)
    {
        foreach (var name in (string[])["home/bin", "home/global", "home/system", "home/site", "home/tmp", "repo"])
        {
            Directory.CreateDirectory(Path.Combine(root, name));
        }

        var command = Path.Combine(root, "home/bin/dvc");
        File.WriteAllText(command, $"#!/bin/sh\nexec {dvc} \"$@\"\n");
        File.SetUnixFileMode(command, (UnixFileMode)0b111_101_101);
        File.WriteAllText(Path.Combine(root, "home/global/config"), "[core]\n    check_update = false\n    analytics = false\n");
        File.WriteAllText(Path.Combine(root, "home/gitconfig"), """
            [user]
            	name = Golden
            	email = golden@example.com
            [init]
            	defaultBranch = main
            [core]
            	autocrlf = false
            	quotepath = false
            [advice]
            	detachedHead = false
            [safe]
            	directory = *
            [gc]
            	auto = 0
            [protocol "file"]
            	allow = always

            """);
        CopyInputs(root);
        var more = Path.Combine(folder, "inputs.sh");
        if (File.Exists(more))
        {
            Shell(root, root, $"bash '{more}'").Exit.ShouldBe(0);
        }
    }

    private void CopyInputs(string root)
    {
        var inputs = Path.Combine(folder, "inputs");
        foreach (var source in Directory.Exists(inputs) ? Directory.EnumerateFiles(inputs, "*", SearchOption.AllDirectories) : [])
        {
            var parts = Path.GetRelativePath(inputs, source).Split('/').Select(part => part.StartsWith("dot-", StringComparison.Ordinal) ? "." + part[4..] : part);
            var target = Path.Combine([root, .. parts]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
            var isExecutable = File.GetUnixFileMode(source).HasFlag(UnixFileMode.UserExecute);
            File.SetUnixFileMode(target, (UnixFileMode)(isExecutable ? 0b111_101_101 : 0b110_100_100));
        }
    }

    private static (int Exit, string Stdout, string Stderr) Shell(string root, string folder, string line)
    {
        var home = Path.Combine(root, "home");
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("umask 022; exec bash -c \"$0\"");
        start.ArgumentList.Add(line);
        var kept = new Dictionary<string, string?>(start.Environment.Where(v => v.Key is "PATH" or "LD_LIBRARY_PATH" or "DOTNET_ROOT"), StringComparer.Ordinal);
        start.Environment.Clear();
        foreach (var (key, value) in kept.Concat(new Dictionary<string, string?>
        {
            ["HOME"] = home, ["GIT_CONFIG_GLOBAL"] = home + "/gitconfig", ["GIT_CONFIG_NOSYSTEM"] = "1", ["TMPDIR"] = home + "/tmp",
            ["GIT_AUTHOR_DATE"] = "2024-02-03T04:05:06+0000", ["GIT_COMMITTER_DATE"] = "2024-02-03T04:05:06+0000", ["DVC_NO_ANALYTICS"] = "1",
            ["DVC_GLOBAL_CONFIG_DIR"] = home + "/global", ["DVC_SYSTEM_CONFIG_DIR"] = home + "/system", ["DVC_SITE_CACHE_DIR"] = home + "/site",
            ["LC_ALL"] = "C.UTF-8", ["LANG"] = "C.UTF-8", ["TERM"] = "dumb", ["COLUMNS"] = "120", ["TZ"] = "UTC", ["DOTNET_TieredPGO"] = "0",
        }))
        {
            start.Environment[key] = value;
        }

        start.Environment["PATH"] = $"{home}/bin:{kept.GetValueOrDefault("PATH")}";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var stderr = process.StandardError.ReadToEndAsync();
        var stdout = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, stdout, stderr.GetAwaiter().GetResult());
    }

    // What the recorder does to its texts: the scratch folder's name, the widths that depend on it, and sets in git's hint sorted.
    private static string Tidy(string root, string text)
    {
        text = text.Replace(root, "$ROOT", StringComparison.Ordinal);
        text = WithRoot().Replace(text, line => Blanks().Replace(line.Value, "  "));
        text = FarUp().Replace(text, "../(up)/");
        return GitAdd().Replace(text, hint => "\tgit add " + string.Join(' ', Words().Matches(hint.Groups[1].Value).Select(w => w.Value).Order(StringComparer.Ordinal)));
    }

    [GeneratedRegex(@"^.*\$ROOT.*$", RegexOptions.Multiline)]
    private static partial Regex WithRoot();

    [GeneratedRegex(@"(?<=\S) {2,}(?=\S)")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(\.\./){4,}")]
    private static partial Regex FarUp();

    [GeneratedRegex(@"^\tgit add (.+)$", RegexOptions.Multiline)]
    private static partial Regex GitAdd();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();
}
