namespace Millwright.Cli.Screens;

/// <summary>Where a command shows things. Facts go to standard output, everything about the going goes to standard error.</summary>
internal interface IScreen
{
    /// <summary>Whether standard output is a terminal.</summary>
    bool IsTerminal { get; }

    /// <summary>Characters per line; 80 when unknown.</summary>
    int Width { get; }

    /// <summary>A line of facts.</summary>
    void Line(string text);

    /// <summary>Text of facts without a line end.</summary>
    void Write(string text);

    /// <summary>A line about the going: progress, hints.</summary>
    void Note(string text);

    /// <summary>An error with every cause and what to do.</summary>
    void Error(string message, IReadOnlyList<string> details, string fix);

    /// <summary>Rows with a heading, aligned; a column of numbers to the right.</summary>
    void Table(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows);

    /// <summary>One line on a terminal's standard error that the next call overwrites; elsewhere nothing, null clears it.</summary>
    void Progress(string? text);

    /// <summary>Bold on a terminal.</summary>
    string Bold(string text);

    /// <summary>Green on a terminal.</summary>
    string Good(string text);

    /// <summary>Red on a terminal.</summary>
    string Bad(string text);

    /// <summary>Dim on a terminal.</summary>
    string Dim(string text);
}
