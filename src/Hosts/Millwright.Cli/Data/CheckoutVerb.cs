using Millwright.Data.Checkout;

namespace Millwright.Cli.Data;

/// <summary><c>mw data checkout</c>.</summary>
internal sealed class CheckoutVerb : IDataVerb
{
    private const int FailureCode = 255;

    public VerbUsage Usage { get; } = new("checkout", "Checkout data files from cache.")
    {
        Operands = [new("targets", "*", "Limit command scope to these tracked files/directories, .dvc files and stage names.")],
        Options =
        [
            new(["--summary"], null, "Show summary of the changes."),
            new(["-d", "--with-deps"], null, "Checkout all dependencies of the specified target."),
            new(["-R", "--recursive"], null, "Checkout all subdirectories of the specified directory."),
            new(["-f", "--force"], null, "Do not prompt when removing working directory files."),
            new(["--relink"], null, "Recreate links or copies from cache to workspace."),
            new(["--allow-missing"], null, "Ignore errors if some of the files or directories are missing."),
            new(["--json"], null, "Show what changed as JSON.") { IsHidden = true },
        ],
    };

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(async repository =>
    {
        var arguments = call.Arguments;
        var request = new CheckoutRequest(arguments.Operands)
        {
            Force = arguments.Has("--force"),
            Relink = arguments.Has("--relink"),
            AllowMissing = arguments.Has("--allow-missing"),
        };
        if (!(await new CheckoutData(call.Clock).RunAsync(repository, request, call.Progress(), ct)).TryGet(out var outcome, out var problem))
        {
            var hint = problem.Code is "data.unknown-target" && arguments.Operand(0) is { } target ? $"Did you mean `git checkout {target}`?: " : "";
            return call.Fail(problem, problem.Code is "data.locked" ? 1 : FailureCode, hint);
        }

        if (arguments.IsJson)
        {
            call.ShowJson(CheckoutLines.Json(call, outcome));
        }
        else if (arguments.Has("--summary"))
        {
            call.Show(CheckoutLines.Summary(outcome) is { Length: > 0 } summary ? summary + "\n" : "No changes.\n");
        }
        else
        {
            call.Show(CheckoutLines.Render(call, outcome) + (request.Relink ? "Relinked successfully\n" : ""));
        }

        return outcome.Failure is { } failure ? call.Fail(failure, FailureCode) : 0;
    });
}
