using Millwright.Abstractions.Results;

namespace Millwright.Data.Workspace;

/// <summary>The lock that DVC and Millwright share: <c>.dvc/tmp/lock</c>, held by <c>flock(2)</c>, tried for three seconds.</summary>
public static class RepositoryLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Acts while the lock is held; failures of the disk become problems that begin with <paramref name="failure"/>.</summary>
    internal static Task<Result<T>> HoldAsync<T>(DataRepository repository, TimeProvider clock, string failure, Func<Task<Result<T>>> act, CancellationToken ct) =>
        DataFailures.CatchAsync(failure, async () =>
        {
            if (!(await TakeAsync(repository.TmpFolder, clock, ct)).TryGet(out var held, out var busy))
            {
                return busy;
            }

            using (held)
            {
                return await act();
            }
        });

    /// <summary>Takes the lock; disposing gives it back.</summary>
    public static async Task<Result<IDisposable>> TakeAsync(string tmpFolder, TimeProvider clock, CancellationToken ct)
    {
        Directory.CreateDirectory(tmpFolder);
        var held = await FileLock.TryTakeAsync(Path.Combine(tmpFolder, "lock"), Patience, clock, ct);
        return held is not null
            ? Result.Of(held)
            : new Problem(
                "data.locked",
                "Unable to acquire lock. Most likely another DVC process is running or was terminated abruptly. Check the page <https://dvc.org/doc/user-guide/troubleshooting#lock-issue> for other possible reasons and to learn how to resolve this.",
                "",
                ProblemKind.Conflict);
    }
}

/// <summary>A lock between processes: a file that one of them holds; the end of the process gives it back.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    internal static async Task<IDisposable?> TryTakeAsync(string path, TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (clock.GetElapsedTime(began) >= patience)
                {
                    return null;
                }
            }

            await Task.Delay(Pause, clock, ct);
        }
    }
}
