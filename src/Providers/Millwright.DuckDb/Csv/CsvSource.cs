using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;

namespace Millwright.DuckDb.Csv;

/// <summary>
/// Turns a delimited text file into a <c>read_csv</c> call that leaves nothing to guess: one streaming pass checks every record and
/// settles every column's type, so that the engine neither samples nor swallows malformed lines.
/// </summary>
internal static class CsvSource
{
    internal static Result<TableSource> Open(string path, CancellationToken ct)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            var inspected = new CsvInspection(path, file).Run(ct);
            return inspected.Map(shape => new TableSource(path, Sql(path, shape), shape.Columns));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem("table.io", $"'{path}' cannot be read: {failure.Message}", "Check the file's permissions.");
        }
    }

    internal static Problem Empty(string path) =>
        new("table.empty", $"'{path}' is empty.", "Give a file with a header line and rows.") { Details = [new("The file has no bytes.", path)] };

    private static string Sql(string path, CsvShape shape)
    {
        var columns = string.Join(", ", shape.Columns.Select(column => $"{SqlText.Literal(column.Name)}: '{column.Type}'"));
        var missing = string.Join(", ", shape.Missing.Select(SqlText.Literal));
        // Twice the longest record: the engine counts a line's limit against its buffers.
        var limit = Math.Max(2_097_152, shape.LongestRecord * 2L);
        // The strict parser refuses files that mix line ends; what strictness would catch has been checked.
        var lines = shape.NewLine is { } newLine ? $"new_line = '{newLine}'" : "strict_mode = false";
        return $"read_csv({SqlText.FilePath(path)}, auto_detect = false, header = true, delim = {SqlText.Literal(shape.Delimiter.ToString())}, "
            + $"quote = '\"', escape = '\"', nullstr = [{missing}], max_line_size = {limit}, {lines}, columns = {{{columns}}})";
    }
}

/// <summary>What the pass over a file found.</summary>
/// <param name="Delimiter">Between fields.</param>
/// <param name="NewLine">As <c>read_csv</c> spells it; null when the file mixes line ends.</param>
/// <param name="LongestRecord">In bytes.</param>
/// <param name="Missing">The spellings of missing values that occur; each further one costs the engine a comparison per field.</param>
/// <param name="Columns">Names and engine types.</param>
internal sealed record CsvShape(char Delimiter, string? NewLine, int LongestRecord, IReadOnlyList<string> Missing, IReadOnlyList<TableColumn> Columns);
