using Millwright.Data.Init;

namespace Millwright.Cli.Data;

/// <summary><c>mw data init</c>.</summary>
internal sealed class InitVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("init", "Initialize DVC in the current directory.")
    {
        Options =
        [
            new(["--no-scm"], null, "Initiate DVC in directory that is not tracked by any SCM tool (e.g. Git)."),
            new(["-f", "--force"], null, "Overwrite existing '.dvc/' directory. The cache stays."),
            new(["--subdir"], null, "Necessary for running this command inside a subdirectory of a parent SCM repository."),
        ],
    };

    public async Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        var request = new InitRequest(arguments.Has("--no-scm"), arguments.Has("--subdir"), arguments.Has("--force"));
        if (!(await new InitRepository().RunAsync(call.Environment, request, ct)).TryGet(out var made, out var problem))
        {
            return call.Fail(problem);
        }

        call.Show("Initialized DVC repository.\n\n"
            + (made.UsesGit ? "You can now commit the changes to git.\n\n" : "")
            + "What's next?\n------------\n"
            + "- Check out the documentation: <https://dvc.org/doc>\n"
            + "- Get help and share ideas: <https://dvc.org/chat>\n"
            + "- Star us on GitHub: <https://github.com/iterative/dvc>\n");
        return 0;
    }
}
