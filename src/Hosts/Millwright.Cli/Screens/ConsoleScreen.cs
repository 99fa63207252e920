using System.Text;

namespace Millwright.Cli.Screens;

// The one place that may touch the console: everything else shows through IScreen.
#pragma warning disable RS0030

/// <summary>The process's own terminal or pipes. UTF-8 without a byte-order mark; colours only on a terminal and not under NO_COLOR.</summary>
internal sealed class ConsoleScreen : IScreen
{
    private readonly Lock _gate = new();
    private readonly TextWriter _out = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
    private readonly TextWriter _err = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
    private readonly bool _colour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };
    private int _progress;

    /// <inheritdoc/>
    public bool IsTerminal { get; } = !Console.IsOutputRedirected;

    /// <inheritdoc/>
    public int Width { get; } = Console.IsOutputRedirected ? 80 : Math.Max(40, Console.WindowWidth);

    /// <inheritdoc/>
    public void Line(string text) => Show(_out, text + "\n");

    /// <inheritdoc/>
    public void Write(string text) => Show(_out, text);

    /// <inheritdoc/>
    public void Note(string text) => Show(_err, text + "\n");

    /// <inheritdoc/>
    public void Error(string message, IReadOnlyList<string> details, string fix)
    {
        var text = new StringBuilder().Append(Colour("error: ", 31)).Append(message).Append('\n');
        foreach (var detail in details)
        {
            text.Append("  ").Append(detail).Append('\n');
        }

        Show(_err, text.Append(Colour("fix: ", 32)).Append(fix).Append('\n').ToString());
    }

    /// <inheritdoc/>
    public void Table(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows) => Show(_out, TextTable.Render(heading, rows, Bold));

    /// <inheritdoc/>
    public void Progress(string? text)
    {
        if (Console.IsErrorRedirected)
        {
            return;
        }

        lock (_gate)
        {
            Clear();
            if (text is not null)
            {
                var shown = text.Length < Width ? text : text[..(Width - 1)];
                _err.Write(shown);
                _progress = shown.Length;
            }
        }
    }

    /// <inheritdoc/>
    public string Bold(string text) => Colour(text, 1);

    /// <inheritdoc/>
    public string Good(string text) => Colour(text, 32);

    /// <inheritdoc/>
    public string Bad(string text) => Colour(text, 31);

    /// <inheritdoc/>
    public string Dim(string text) => Colour(text, 2);

    private string Colour(string text, int code) => _colour ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private void Show(TextWriter writer, string text)
    {
        lock (_gate)
        {
            Clear();
            try
            {
                writer.Write(text);
            }
            catch (IOException)
            {
                // The reader of the pipe has gone (mw … | head): what is left to say has no audience.
            }
        }
    }

    private void Clear()
    {
        if (_progress > 0)
        {
            _err.Write("\r" + new string(' ', _progress) + "\r");
            _progress = 0;
        }
    }
}
