namespace Millwright.Data.Workspace;

/// <summary>Where a command runs.</summary>
/// <param name="WorkingFolder">Absolute; relative targets start here.</param>
/// <param name="Variable">Reads an environment variable; null when it is not set.</param>
public sealed record DataEnvironment(string WorkingFolder, Func<string, string?> Variable)
{
    /// <summary>An absolute path without <c>.</c> and <c>..</c> for a target as typed.</summary>
    public string Absolute(string target) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, WorkingFolder));

    /// <summary>An absolute path as it is shown to the user: relative to where the command runs.</summary>
    public string Show(string path) => Path.GetRelativePath(WorkingFolder, path).Replace(Path.DirectorySeparatorChar, '/');
}
