using Microsoft.Data.Sqlite;
using Millwright.Abstractions.Results;

namespace Millwright.Relational;

/// <summary>What SQLite's errors mean to a user.</summary>
internal static class DatabaseProblems
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // Less than this and SQLite cannot even make its shared-memory file, which it reports as an input or output error.
    private const long NextToNothing = 256 * 1024;

    public static bool IsOutage(SqliteException failure) =>
        failure.SqliteErrorCode is Busy or ReadOnly or IoError or Corrupt or Full or CannotOpen or NotADatabase;

    public static Problem From(SqliteException failure, string path) => failure.SqliteErrorCode switch
    {
        Full or IoError or CannotOpen when failure.SqliteErrorCode is Full || IsFull(path) => new("disk.full", $"The disk is full: '{path}' could not be written; nothing of the change was kept.", "Free some space and run the command again.", ProblemKind.Full),
        CannotOpen or IoError when !IsWritable(path) => new("database.readonly", $"'{path}' may not be written.", "Give yourself write permission to the file and its folder ('ls -l' shows whose it is), or act as its owner.", ProblemKind.Forbidden),
        Busy => new("database.busy", $"'{path}' is locked by another program.", "Close the program that has the file open and try again.", ProblemKind.Unavailable),
        ReadOnly => new("database.readonly", $"'{path}' may not be written.", "Give yourself write permission to the file and its folder ('ls -l' shows whose it is), or act as its owner.", ProblemKind.Forbidden),
        NotADatabase or Corrupt => new("database.corrupt", $"'{path}' is not a readable database ({failure.Message}).", "Restore the file from a backup, or move it away to start an empty one."),
        _ => new("database.unavailable", $"'{path}' could not be opened ({failure.Message}).", "Check that the folder exists, is writable and has space.", ProblemKind.Unavailable),
    };

    private static bool IsFull(string path) => new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < NextToNothing;

    private static bool IsWritable(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException || Outage.Explain(denied) is { Code: "disk.readonly" })
        {
            return false;
        }
    }
}
