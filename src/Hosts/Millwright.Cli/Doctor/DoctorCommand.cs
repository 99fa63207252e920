using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Millwright.Cli.Commands;
using Millwright.Server.Project;

namespace Millwright.Cli.Doctor;

/// <summary><c>mw doctor</c>: what is missing and how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Build(CliContext cli) =>
        new CliCommand("doctor", "Check this machine and project: what is missing and how to get it.", "mw doctor", "mw doctor --json")
            .OnRun(cli, (_, _) => Task.FromResult(cli.Show(Examine(cli.Folder), DoctorJson.Default.DoctorReport, report => Render(cli, report), report => report.Healthy)));

    private static DoctorReport Examine(string folder)
    {
        var checks = new List<DoctorCheck>
        {
            Runs("git", ["--version"], "versioning of code and pointers", "sudo apt-get install -y git", required: true),
            Runs("dotnet", ["--version"], "pipelines written in C#", "install the .NET 10 SDK", required: false),
            Library("libduckdb.so", "tables", "build again with ./mw (it is placed beside the binaries)", beside: true),
            Library("libonnxruntime.so.1", "ONNX models", "build again with ./mw (it is placed beside the binaries)", beside: true),
            Library("libxgboost.so.0", "training with XGBoost", "sudo apt-get install -y libxgboost0 libdmlc0", beside: false),
        };
        checks.Add(ProjectFolder.Find(folder).TryGet(out var project, out var problem)
            ? new DoctorCheck("project", true, project.Root, "", true)
            : new DoctorCheck("project", false, problem.Message, problem.Fix, false));
        return new DoctorReport(checks.All(check => check.Ok || !check.Required), checks);
    }

    private static DoctorCheck Runs(string program, string[] arguments, string use, string fix, bool required)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return new DoctorCheck(program, process.ExitCode == 0, $"{version} ({use})", fix, required);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new DoctorCheck(program, false, $"not found ({use})", fix, required);
        }
    }

    private static DoctorCheck Library(string file, string use, string fix, bool beside)
    {
        if (OperatingSystem.IsMacOS())
        {
            file = Path.GetFileNameWithoutExtension(file).Split(".so")[0] + ".dylib";
        }

        var path = beside ? Path.Combine(AppContext.BaseDirectory, file) : file;
        var found = beside ? File.Exists(path) : NativeLibrary.TryLoad(path, out _);
        return new DoctorCheck(file, found, found ? use : $"not found ({use})", fix, beside);
    }

    private static void Render(CliContext cli, DoctorReport report)
    {
        foreach (var check in report.Checks)
        {
            cli.Screen.Line($"{(check.Ok ? cli.Screen.Good("ok     ") : check.Required ? cli.Screen.Bad("missing") : "absent ")}  {check.Name}: {check.Found}");
            if (!check.Ok)
            {
                cli.Screen.Line($"         fix: {check.Fix}");
            }
        }
    }
}

/// <summary>The outcome.</summary>
/// <param name="Healthy">Whether everything that is required is there.</param>
/// <param name="Checks">Each check.</param>
internal sealed record DoctorReport(bool Healthy, IReadOnlyList<DoctorCheck> Checks);

/// <summary>One check.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it is there.</param>
/// <param name="Found">What was found, and what for.</param>
/// <param name="Fix">How to get it.</param>
/// <param name="Required">Whether Millwright needs it for everyday work.</param>
internal sealed record DoctorCheck(string Name, bool Ok, string Found, string Fix, bool Required);

/// <summary>Serialisation of the report.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext;
