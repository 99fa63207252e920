using Millwright.Data.Init;

namespace Millwright.Cli.Data;

/// <summary><c>mw data init</c>.</summary>
internal sealed class InitVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("init", "Make the current folder a data repository.", "git init && mw data init", "mw data init --no-scm")
    {
        Options =
        [
            new(["--no-scm"], null, "Do without Git."),
            new(["-f", "--force"], null, "Replace the configuration in .dvc/; the cache stays."),
            new(["--subdir"], null, "Inside a Git repository, below its root."),
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

        if (arguments.IsJson)
        {
            call.ShowJson(new KeyValuePair<string, object?>[] { new("root", call.Environment.WorkingFolder), new("git", made.UsesGit) });
            return 0;
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
