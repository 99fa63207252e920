using Millwright.Abstractions.Results;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Remotes;

/// <summary>A remote that can be read and written.</summary>
/// <param name="Name">As in the configuration.</param>
/// <param name="Store">Its objects.</param>
public sealed record RemoteStore(string Name, ObjectStore Store);

/// <summary>Finds the remote that a command is about.</summary>
public static class RemoteStores
{
    /// <summary>The remote of a name, or the default one.</summary>
    public static Result<RemoteStore> Find(DataRepository repository, string? name)
    {
        var wanted = name ?? repository.Config.Get("core", "remote");
        if (wanted is null)
        {
            return new Problem(
                "data.no-remote",
                $"config file error: no remote specified in {repository.Root}. Create a default remote with\n    dvc remote add -d <remote name> <remote url>",
                "Run 'mw data remote add -d NAME FOLDER'.",
                ProblemKind.NotFound);
        }

        return repository.Config.UrlOf(wanted) switch
        {
            null => new Problem("data.unknown-remote", $"config file error: remote '{wanted}' doesn't exist", "'mw data remote list' shows those there are; 'mw data remote add NAME FOLDER' adds one.", ProblemKind.NotFound),
            var url when DataConfig.IsForeign(url) => new Problem(
                "data.remote-unsupported",
                $"the remote '{wanted}' ({url}) is of a kind that is not supported",
                "Use a folder, such as a network drive: 'mw data remote add -d NAME /path'."),
            var url => new RemoteStore(wanted, new ObjectStore(url.StartsWith("file://", StringComparison.Ordinal) ? url[7..] : url)),
        };
    }
}
