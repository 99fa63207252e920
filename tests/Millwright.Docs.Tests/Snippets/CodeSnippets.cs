using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Millwright.Docs.Tests.Documents;
using Millwright.Testing;

namespace Millwright.Docs.Tests.Snippets;

/// <summary>
/// Compiles every C# block of the pages, all in one go: each in a namespace of its own, its statements in a method, with what a pipeline
/// and a test file see. Errors are named by the page and its line.
/// </summary>
internal static partial class CodeSnippets
{
    // Comes before a page's name in the compiler's messages, which may put a folder before it.
    private const string Marker = "page:";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Millwright.Sdk;
        global using Shouldly;
        global using Xunit;
        """;

    /// <summary>What the compiler says, as <c>page(line,column): error ...</c>.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(IEnumerable<Document> pages, CancellationToken ct)
    {
        using var folder = new ScratchFolder();
        var arguments = new StringBuilder("-noconfig -nologo -target:library -langversion:latest -nullable:enable -utf8output -preferreduilang:en -warn:0\n")
            .AppendLine($"-out:\"{folder["snippets.dll"]}\"");
        foreach (var assembly in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => path.EndsWith(".dll", StringComparison.Ordinal)))
        {
            arguments.AppendLine($"-reference:\"{assembly}\"");
        }

        await File.WriteAllTextAsync(folder["usings.cs"], Usings, ct);
        arguments.AppendLine($"\"{folder["usings.cs"]}\"");
        var count = 0;
        foreach (var (page, fence) in pages.SelectMany(page => page.Fences.Where(fence => fence.Language is "csharp").Select(fence => (page, fence))))
        {
            var file = folder[$"snippet{++count}.cs"];
            await File.WriteAllTextAsync(file, Wrap(page, fence, count), ct);
            arguments.AppendLine($"\"{file}\"");
        }

        await File.WriteAllTextAsync(folder["compile.rsp"], arguments.ToString(), ct);
        var start = new ProcessStartInfo("dotnet", [Compiler(), $"@{folder["compile.rsp"]}"]) { RedirectStandardOutput = true };
        using var compiler = Process.Start(start)!;
        var output = await compiler.StandardOutput.ReadToEndAsync(ct);
        await compiler.WaitForExitAsync(ct);
        return
        [
            .. output.Split('\n')
                .Where(line => line.Contains("error ", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(Marker, StringComparison.Ordinal) is >= 0 and var at ? at + Marker.Length : 0)..].Trim())
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Wrap(Document page, Fence fence, int number)
    {
        var lines = fence.Text.Split('\n');
        var firstType = Array.FindIndex(lines, line => TypeLine().IsMatch(line));
        while (firstType > 0 && (lines[firstType - 1].StartsWith('[') || lines[firstType - 1].StartsWith("///", StringComparison.Ordinal)))
        {
            firstType--;
        }

        firstType = firstType < 0 ? lines.Length : firstType;
        var text = new StringBuilder();
        Part(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('='), 0, lines.Length);
        text.Append($"namespace Snippet{number};\n");
        text.Append("internal static class Program { private static async Task<int> RunAsync(string[] args) {\n");
        Part(line => !(line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=')) && !line.StartsWith("#:", StringComparison.Ordinal), 0, firstType);
        text.Append("\n#line default\nawait Task.CompletedTask; return 0; } }\n");
        Part(_ => true, firstType, lines.Length);
        return text.ToString();

        void Part(Func<string, bool> belongs, int from, int to)
        {
            text.Append($"#line {fence.Line + 1 + from} \"{Marker}{page.Path}\"\n");
            for (var at = from; at < to; at++)
            {
                text.Append(belongs(lines[at]) ? lines[at] : "").Append('\n');
            }

            text.Append("#line default\n");
        }
    }

    private static string Compiler()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.EnumerateDirectories(Path.Combine(root, "sdk"))
            .Where(sdk => Path.GetFileName(sdk).StartsWith($"{Environment.Version.Major}.", StringComparison.Ordinal))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Last(File.Exists);
    }

    [GeneratedRegex(@"^(public |internal |sealed |static |file |abstract |partial |readonly )*(class|record|struct|interface|enum) ", RegexOptions.CultureInvariant)]
    private static partial Regex TypeLine();
}
