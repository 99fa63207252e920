using System.Text;
using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Code;

/// <summary>Compiles one file with the SDK's compiler, without a project: under a second, offline.</summary>
internal static class CSharpCompiler
{
    // What a console project and the SDK's own use bring into every file.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Millwright.Sdk;
        """;

    private const string RuntimeConfig = """
        {"runtimeOptions": {"tfm": "net10.0", "rollForward": "Major", "framework": {"name": "Microsoft.NETCore.App", "version": "10.0.0"},
          "configProperties": {"System.Globalization.Invariant": true, "System.Runtime.TieredPGO": false}}}
        """;

    public static async Task<Result<Done>> RunAsync(DotnetInstallation dotnet, PipelinesOptions options, string file, string output, CancellationToken ct)
    {
        foreach (var assembly in new[] { "Millwright.Sdk.dll", "Millwright.Contracts.dll" })
        {
            File.Copy(Path.Combine(options.SdkFolder, assembly), Path.Combine(output, assembly));
        }

        var usings = Path.Combine(output, "usings.cs");
        await File.WriteAllTextAsync(usings, Usings, ct);
        await File.WriteAllTextAsync(Path.Combine(output, "pipeline.runtimeconfig.json"), RuntimeConfig, ct);
        var response = Path.Combine(output, "compile.rsp");
        await File.WriteAllTextAsync(response, Arguments(dotnet, file, usings, output), ct);
        var (exit, text) = await ToolRun.RunAsync([dotnet.Host, dotnet.Compiler, "-noconfig", "@" + response], options.ProjectFolder, ct);
        File.Delete(response);
        File.Delete(usings);
        return exit == 0 ? Done.Value : CompileErrors.From(file, text);
    }

    private static string Arguments(DotnetInstallation dotnet, string file, string usings, string output)
    {
        var arguments = new StringBuilder()
            .AppendLine("-nologo -target:exe -langversion:latest -nullable:enable -deterministic+ -optimize+ -debug:portable -utf8output -preferreduilang:en")
            .AppendLine("-features:FileBasedProgram -checksumalgorithm:SHA256 -nowarn:1701,1702")
            .AppendLine($"-out:\"{Path.Combine(output, CodeProgram.FileName)}\"")
            .AppendLine($"-reference:\"{Path.Combine(output, "Millwright.Sdk.dll")}\"");
        foreach (var reference in Directory.EnumerateFiles(dotnet.ReferenceFolder, "*.dll").Where(IsManaged))
        {
            arguments.AppendLine($"-reference:\"{reference}\"");
        }

        return arguments.AppendLine($"\"{file}\"").AppendLine($"\"{usings}\"").ToString();
    }

    // A runtime's folder holds native libraries too; those of the framework all begin with one of these.
    private static bool IsManaged(string path) =>
        Path.GetFileName(path) is var name
        && (name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "WindowsBase.dll")
        && !name.Contains(".Native.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.DiaSymReader", StringComparison.Ordinal);
}
