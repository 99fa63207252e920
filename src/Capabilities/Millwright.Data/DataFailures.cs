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
        catch (Exception e) when (OfDisk(e) is { } cause)
        {
            return Disk.ToProblem(cause, what);
        }
        catch (AggregateException e) when (Cancelled(e) is { } cancelled)
        {
            throw new OperationCanceledException(cancelled.Message, e, cancelled.CancellationToken);
        }
    }

    internal static Result<T> Catch<T>(string what, Func<Result<T>> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (OfDisk(e) is { } cause)
        {
            return Disk.ToProblem(cause, what);
        }
        catch (AggregateException e) when (Cancelled(e) is { } cancelled)
        {
            throw new OperationCanceledException(cancelled.Message, e, cancelled.CancellationToken);
        }
    }

    // Parallel work gathers what failed.
    private static Exception? OfDisk(Exception e) => e switch
    {
        IOException or UnauthorizedAccessException => e,
        AggregateException many when many.Flatten().InnerExceptions.All(inner => inner is IOException or UnauthorizedAccessException) => many.Flatten().InnerExceptions[0],
        _ => null,
    };

    private static OperationCanceledException? Cancelled(AggregateException e) => e.Flatten().InnerExceptions.OfType<OperationCanceledException>().FirstOrDefault();
}
