using Millwright.Abstractions.Results;
using Millwright.Server.Project;

namespace Millwright.Server.Hosting;

/// <summary>Makes sure that a project has one writer. The operating system frees it when the process ends, however it ends.</summary>
internal sealed class ProjectLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _socket;

    private ProjectLock(FileStream file, string socket) => (_file, _socket) = (file, socket);

    public static Result<ProjectLock> TryTake(ProjectFolder project)
    {
        if (File.Exists(project.State))
        {
            return new Problem("project.state", $"'{project.State}' is a file, but must be a folder.", "Move the file away and run 'mw init'.");
        }

        FileStream file;
        try
        {
            Directory.CreateDirectory(project.State);
            file = new FileStream(project.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception failure) when (Outage.Explain(failure) is { } outage)
        {
            return outage with { Message = $"The project cannot be served: {outage.Message}" };
        }
        catch (IOException)
        {
            return new Problem(
                "project.held", $"Another Millwright process serves '{project.Root}'.",
                "Commands use that server by themselves; to start another server, stop that one first.", ProblemKind.Conflict);
        }

        // A socket left by a killed server would keep the new one from binding.
        File.Delete(project.Socket);
        return new ProjectLock(file, project.Socket);
    }

    public void Dispose()
    {
        File.Delete(_socket);
        _file.Dispose();
    }
}
