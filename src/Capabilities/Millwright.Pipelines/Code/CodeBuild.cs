using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Code;

/// <summary>A compiled C# pipeline.</summary>
/// <param name="Digest">Of its source and of the SDK it was compiled against; hexadecimal.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Dotnet">The program that runs it.</param>
internal sealed record CodeProgram(string Digest, string Folder, string Dotnet)
{
    public const string FileName = "pipeline.dll";

    public string Assembly => Path.Combine(Folder, FileName);

    /// <summary>The graph as the program told it once.</summary>
    public string PlanFile => Path.Combine(Folder, "plan.json");
}

/// <summary>
/// Compiles C# pipelines, each once per digest, below the state folder: nothing is added to the project and nothing is fetched. A file
/// without directives goes straight to the compiler; one with <c>#:package</c> and the like is built as a file-based program.
/// </summary>
internal sealed partial class CodeBuild(PipelinesOptions options)
{
    private static readonly string[] SdkAssemblies = ["Millwright.Sdk.dll", "Millwright.Contracts.dll"];

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _building = new(StringComparer.Ordinal);

    /// <summary>Where a build lies.</summary>
    public string FolderOf(string digest) => Path.Combine(options.StateFolder, "build", digest);

    /// <summary>The compiled program and its graph, from an earlier build when nothing changed.</summary>
    public async Task<Result<CodeProgram>> RunAsync(string file, CancellationToken ct)
    {
        if (!DotnetInstallation.Find().TryGet(out var dotnet, out var problem))
        {
            return problem;
        }

        var missing = Array.Find(SdkAssemblies, name => !File.Exists(Path.Combine(options.SdkFolder, name)));
        if (missing is not null)
        {
            return new Problem("sdk.assembly-missing", $"'{missing}' is not in '{options.SdkFolder}'.", "Install Millwright again.", ProblemKind.Unavailable);
        }

        var source = await File.ReadAllBytesAsync(Path.Combine(options.ProjectFolder, file), ct);
        var digest = Digest(source, dotnet);
        var program = new CodeProgram(digest, FolderOf(digest), dotnet.Host);
        var gate = _building.GetOrAdd(digest, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(ct);
        try
        {
            return File.Exists(program.PlanFile) ? program : await BuildAsync(file, source, program, dotnet, ct);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Result<CodeProgram>> BuildAsync(string file, byte[] source, CodeProgram program, DotnetInstallation dotnet, CancellationToken ct)
    {
        // Built beside and renamed, so that a build is there whole or not at all.
        var beside = $"{program.Folder}.{Guid.NewGuid():n}.tmp";
        Directory.CreateDirectory(beside);
        try
        {
            var isPlain = !DirectivePattern().IsMatch(System.Text.Encoding.UTF8.GetString(source));
            var compiled = isPlain
                ? await CSharpCompiler.RunAsync(dotnet, options, file, beside, ct)
                : await FileProgramBuild.RunAsync(dotnet, options, file, beside, ct);
            if (compiled.Problem is { } broken)
            {
                return broken;
            }

            if ((await PlanAsync(program with { Folder = beside }, file, ct)).Problem is { } unplanned)
            {
                return unplanned;
            }

            if (Directory.Exists(program.Folder))
            {
                Directory.Delete(program.Folder, recursive: true);
            }

            Directory.Move(beside, program.Folder);
            return program;
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    private async Task<Result<Done>> PlanAsync(CodeProgram program, string file, CancellationToken ct)
    {
        var result = await ToolRun.RunAsync([program.Dotnet, program.Assembly, "plan", program.Digest, program.PlanFile], options.ProjectFolder, ct);
        return result.Exit == 0 && File.Exists(program.PlanFile)
            ? Done.Value
            : new Problem("pipeline.no-plan", $"'{file}' compiles, but does not answer with its graph (exit code {result.Exit}).", "Let the file end with 'return await pipeline.RunAsync(args);'.")
                .With(result.Output.TrimEnd().Split('\n').TakeLast(20).Where(line => line.Length > 0).Select(line => new ProblemDetail(line.TrimEnd())));
    }

    private string Digest(byte[] source, DotnetInstallation dotnet)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(source);
        foreach (var name in SdkAssemblies)
        {
            hash.AppendData(File.ReadAllBytes(Path.Combine(options.SdkFolder, name)));
        }

        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(dotnet.SdkFolder));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [GeneratedRegex(@"^#:(package|project|sdk|property)\b", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DirectivePattern();
}
