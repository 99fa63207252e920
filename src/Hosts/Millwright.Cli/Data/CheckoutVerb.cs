using Millwright.Data.Checkout;

namespace Millwright.Cli.Data;

/// <summary><c>mw data checkout</c>.</summary>
internal sealed class CheckoutVerb : IDataVerb
{
    private const int FailureCode = 255;

    public VerbUsage Usage { get; } = new("checkout", "Make the workspace agree with the .dvc files, from the cache.", "mw data checkout", "git checkout HEAD~1 && mw data checkout data/customers.csv")
    {
        Operands = [new("targets", "*", "Tracked files, tracked folders or .dvc files; all when none is named.")],
        Options =
        [
            new(["--summary"], null, "Only count what changed."),
            new(["-d", "--with-deps"], null, "Also what the targets depend on."),
            new(["-R", "--recursive"], null, "All tracked data below the folders that are named."),
            new(["-f", "--force"], null, "Overwrite and remove files whose content is nowhere else."),
            new(["--relink"], null, "Link or copy every file anew."),
            new(["--allow-missing"], null, "Go on when content is not in the cache."),
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
