using System.Runtime.InteropServices;
using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Code;

/// <summary>The .NET installation that runs this program, with its compiler and reference assemblies.</summary>
/// <param name="Host">The <c>dotnet</c> program.</param>
/// <param name="SdkFolder">The newest SDK of this major version.</param>
/// <param name="ReferenceFolder">Assemblies to compile against.</param>
internal sealed record DotnetInstallation(string Host, string SdkFolder, string ReferenceFolder)
{
    public string Compiler => Path.Combine(SdkFolder, "Roslyn", "bincore", "csc.dll");

    public static Result<DotnetInstallation> Find()
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar);
        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var sdk = Newest(Path.Combine(root, "sdk"), folder => File.Exists(Path.Combine(folder, "Roslyn", "bincore", "csc.dll")));
        if (sdk is null || !File.Exists(host))
        {
            return new Problem("sdk.missing", $"C# pipelines need the .NET {Environment.Version.Major} SDK, which is not in '{root}'.", $"Install it (Debian, Ubuntu: 'sudo apt-get install dotnet-sdk-{Environment.Version.Major}.0'), or write the pipeline as YAML.", ProblemKind.Unavailable);
        }

        var pack = Newest(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"), Directory.Exists);
        var references = pack is null ? runtime : Path.Combine(pack, "ref", $"net{Environment.Version.Major}.0");
        return new DotnetInstallation(host, sdk, Directory.Exists(references) ? references : runtime);
    }

    private static string? Newest(string folder, Func<string, bool> isGood) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder)
            .Select(path => (path, version: Version.TryParse(Path.GetFileName(path).Split('-')[0], out var version) ? version : new Version()))
            .Where(candidate => candidate.version.Major == Environment.Version.Major && isGood(candidate.path))
            .OrderByDescending(candidate => candidate.version)
            .Select(candidate => candidate.path)
            .FirstOrDefault()
        : null;
}
