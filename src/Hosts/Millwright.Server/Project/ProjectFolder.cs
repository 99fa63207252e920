using System.Security.Cryptography;
using System.Text;
using Millwright.Abstractions.Results;

namespace Millwright.Server.Project;

/// <summary>Where things lie in a project's folder.</summary>
/// <param name="Root">Absolute path of the folder that holds <c>millwright.yaml</c> or <c>.millwright/</c>.</param>
public sealed record ProjectFolder(string Root)
{
    // sun_path holds 108 bytes on Linux and 104 on macOS, the terminating zero included.
    private const int LongestSocketPath = 103;

    /// <summary>The folder of everything Millwright keeps.</summary>
    public string State => Path.Combine(Root, ".millwright");

    /// <summary>The configuration; optional.</summary>
    public string Config => Path.Combine(Root, "millwright.yaml");

    /// <summary>Metadata and ledger.</summary>
    public string Database => Path.Combine(State, "millwright.db");

    /// <summary>Held by the one process that writes.</summary>
    public string Lock => Path.Combine(State, "server.lock");

    /// <summary>The socket that only the owner may open; a hashed name in the user's runtime folder when the path would be too long.</summary>
    public string Socket
    {
        get
        {
            var own = Path.Combine(State, "server.sock");
            return Encoding.UTF8.GetByteCount(own) <= LongestSocketPath ? own : Path.Combine(RuntimeFolder(), $"mw-{Hash(Root)}.sock");
        }
    }

    /// <summary>The project around a folder, looking upward; not being in one is a problem.</summary>
    public static Result<ProjectFolder> Find(string start)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, ".millwright")) || File.Exists(Path.Combine(folder.FullName, "millwright.yaml")))
            {
                return new ProjectFolder(folder.FullName);
            }
        }

        return new Problem("project.none", $"'{Path.GetFullPath(start)}' is not in a Millwright project.", "Run 'mw init' in the project's folder, or go to one.");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static string RuntimeFolder()
    {
        var folder = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && Directory.Exists(runtime)
            ? runtime
            : Path.Combine(Path.GetTempPath(), $"millwright-{Hash(Environment.UserName)}");
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
