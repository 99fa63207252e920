using Millwright.Abstractions.Results;
using Millwright.Data.Init;
using Millwright.Data.Workspace;

namespace Millwright.Server.Project;

/// <summary>Makes a folder a project: Millwright's state folder, a commented configuration, and a data repository. What is there stays.</summary>
public static class InitProject
{
    private const string ConfigText = """
        # Millwright's configuration. Everything is optional; docs/reference/configuration.md lists every key.
        # monitoring:
        #   webhook: https://example.org/hook
        # delivery:
        #   steps: [10, 50, 100]

        """;

    /// <summary>Runs it; running it again changes nothing.</summary>
    /// <param name="folder">Absolute path of the project's root.</param>
    /// <param name="withoutGit">Do without Git.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Result<InitializedProject>> RunAsync(string folder, bool withoutGit, CancellationToken ct)
    {
        var made = new List<string>();
        try
        {
            if (!Directory.Exists(Path.Combine(folder, ".dvc")))
            {
                var environment = new DataEnvironment(folder, Environment.GetEnvironmentVariable);
                var request = new InitRequest(WithoutGit: withoutGit || !Directory.Exists(Path.Combine(folder, ".git")));
                if (!(await new InitRepository().RunAsync(environment, request, ct)).TryGet(out var repository, out var problem))
                {
                    return problem;
                }

                made.AddRange(repository.Files.Select(file => Path.GetRelativePath(folder, file)));
            }

            Create(".millwright", () => Directory.CreateDirectory(Path.Combine(folder, ".millwright")));
            Create("millwright.yaml", () => File.WriteAllText(Path.Combine(folder, "millwright.yaml"), ConfigText));
            Ignore(folder, "/.millwright", made);
            return new InitializedProject(folder, made, Directory.Exists(Path.Combine(folder, ".git")));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem("project.unwritable", $"'{folder}' could not be written: {failure.Message}", "Give yourself write permission to the folder and check the free space.", ProblemKind.Unavailable);
        }

        void Create(string name, Action create)
        {
            if (!Path.Exists(Path.Combine(folder, name)))
            {
                create();
                made.Add(name);
            }
        }
    }

    private static void Ignore(string folder, string line, List<string> made)
    {
        var path = Path.Combine(folder, ".gitignore");
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        if (!text.Split('\n').Contains(line))
        {
            File.WriteAllText(path, text + (text.Length > 0 && !text.EndsWith('\n') ? "\n" : "") + line + "\n");
            made.Add(".gitignore");
        }
    }
}

/// <summary>What was made.</summary>
/// <param name="Folder">The project's root.</param>
/// <param name="Made">New or changed files, relative; empty when it was a project already.</param>
/// <param name="UsesGit">Whether the folder is a Git repository.</param>
public sealed record InitializedProject(string Folder, IReadOnlyList<string> Made, bool UsesGit);
