using System.Globalization;
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
        FileStream file;
        try
        {
            file = new FileStream(project.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return new Problem(
                "project.held", $"Another Millwright process serves '{project.Root}'.",
                "Commands use that server by themselves; to start another server, stop that one first.", ProblemKind.Conflict);
        }
        catch (UnauthorizedAccessException)
        {
            return new Problem("project.readonly", $"'{project.State}' may not be written.", "Give yourself write permission to the folder.", ProblemKind.Unavailable);
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();

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
