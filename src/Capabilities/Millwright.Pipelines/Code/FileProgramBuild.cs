using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Code;

/// <summary>
/// Builds a file with directives (<c>#:package</c>, <c>#:project</c>, <c>#:property</c>) the way <c>dotnet run FILE</c> does, with a reference to
/// the SDK put in from outside.
/// </summary>
internal static class FileProgramBuild
{
    public static async Task<Result<Done>> RunAsync(DotnetInstallation dotnet, PipelinesOptions options, string file, string output, CancellationToken ct)
    {
        var props = Path.Combine(output, "millwright.props");
        await File.WriteAllTextAsync(props, Props(options.SdkFolder), ct);
        var (exit, text) = await ToolRun.RunAsync(
            [
                dotnet.Host, "build", file, "-o", output, "-v", "quiet", "-nologo",
                "-p:PublishAot=false", "-p:UseAppHost=false", "-p:AssemblyName=pipeline", "-p:GenerateDocumentationFile=false",
                $"-p:CustomBeforeMicrosoftCommonProps={props}",
            ],
            options.ProjectFolder,
            ct);
        return exit == 0 ? Done.Value : CompileErrors.From(file, text);
    }

    private static string Props(string sdk) => $"""
        <Project>
          <ItemGroup>
            <Reference Include="{Path.Combine(sdk, "Millwright.Sdk.dll")}" />
            <Reference Include="{Path.Combine(sdk, "Millwright.Contracts.dll")}" />
            <Using Include="Millwright.Sdk" />
          </ItemGroup>
        </Project>
        """;
}
