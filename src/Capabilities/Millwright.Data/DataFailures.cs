using Millwright.Abstractions.Results;
using Millwright.Data.Store;

namespace Millwright.Data;

/// <summary>The one place where failures of the disk turn into problems.</summary>
internal static class DataFailures
{
    internal static async Task<Result<T>> CatchAsync<T>(string what, Func<Task<Result<T>>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Disk.ToProblem(e, what);
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions.All(inner => inner is IOException or UnauthorizedAccessException))
        {
            return Disk.ToProblem(e.Flatten().InnerExceptions[0], what);
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions.OfType<OperationCanceledException>().FirstOrDefault() is { } cancelled)
        {
            throw new OperationCanceledException(cancelled.Message, e, cancelled.CancellationToken);
        }
    }
}
