using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Init;

/// <summary>How a repository is to be made.</summary>
/// <param name="WithoutGit">Do without Git (<c>--no-scm</c>).</param>
/// <param name="InSubfolder">Allow a subfolder of a Git repository (<c>--subdir</c>).</param>
/// <param name="Force">Make it anew when there is one; the cache stays.</param>
public sealed record InitRequest(bool WithoutGit = false, bool InSubfolder = false, bool Force = false);

/// <summary>What was made.</summary>
/// <param name="Files">Absolute paths of the new files, already added to Git's index when there is Git.</param>
/// <param name="UsesGit">Whether Git tracks them.</param>
public sealed record InitializedRepository(ImmutableArray<string> Files, bool UsesGit);

/// <summary>Makes the working folder a data repository.</summary>
public sealed class InitRepository
{
    private const string IgnoreText = """
        # Add patterns of files dvc should ignore, which could improve
        # the performance. Learn more at
        # https://dvc.org/doc/user-guide/dvcignore

        """;

    /// <summary>Makes <c>.dvc</c> and <c>.dvcignore</c>.</summary>
    public async Task<Result<InitializedRepository>> RunAsync(DataEnvironment environment, InitRequest request, CancellationToken ct)
    {
        var root = environment.WorkingFolder;
        var folder = Path.Combine(root, ".dvc");
        var git = request.WithoutGit ? null : GitCommand.FindRoot(root);
        if (!request.WithoutGit && (git is null || (git != root && !request.InSubfolder)))
        {
            return Failed($"{root} is not tracked by any supported SCM tool (e.g. Git). Use `--no-scm` if you don't want to use any SCM or `--subdir` if initializing inside a subdirectory of a parent SCM repository.");
        }

        if (request is { WithoutGit: true, InSubfolder: true })
        {
            return Failed("Cannot initialize repo with `--no-scm` and `--subdir`");
        }

        if (Directory.Exists(folder) && !request.Force)
        {
            return Failed("'.dvc' exists. Use `-f` to force.");
        }

        return await DataFailures.CatchAsync("failed to initiate DVC", () => MakeAsync(root, folder, git is not null, ct));
    }

    private static async Task<Result<InitializedRepository>> MakeAsync(string root, string folder, bool usesGit, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.Combine(folder, "tmp"));
        File.Delete(Path.Combine(folder, "config.local"));
        var files = ImmutableArray.CreateBuilder<string>();
        Write(files, Path.Combine(folder, "config"), usesGit ? "" : "[core]\n    no_scm = True\n");
        if (usesGit)
        {
            Write(files, Path.Combine(folder, ".gitignore"), "/config.local\n/tmp\n/cache\n");
        }

        var ignore = Path.Combine(root, IgnoreRules.FileName);
        if (!File.Exists(ignore))
        {
            Write(files, ignore, IgnoreText);
        }

        if (usesGit)
        {
            await new GitCommand(root).RunAsync(["add", "--", .. files], null, ct);
        }

        return new InitializedRepository(files.DrainToImmutable(), usesGit);
    }

    private static void Write(ImmutableArray<string>.Builder files, string path, string text)
    {
        Disk.Replace(path, text);
        files.Add(path);
    }

    private static Problem Failed(string why) => new("data.init", $"failed to initiate DVC - {why}", "", ProblemKind.Conflict);
}
