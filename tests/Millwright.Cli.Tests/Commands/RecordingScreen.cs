using System.Text;
using Millwright.Cli.Screens;

namespace Millwright.Cli.Tests.Commands;

/// <summary>Keeps what a command shows.</summary>
internal sealed class RecordingScreen : IScreen
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _err = new();

    public string Out => _out.ToString();

    public string Err => _err.ToString();

    public bool IsTerminal => false;

    public int Width => 80;

    public void Line(string text) => _out.Append(text).Append('\n');

    public void Write(string text) => _out.Append(text);

    public void Note(string text) => _err.Append(text).Append('\n');

    public void Error(string message, IReadOnlyList<string> details, string fix) =>
        _err.Append("error: ").Append(message).Append('\n').AppendJoin("", details.Select(detail => $"  {detail}\n")).Append("fix: ").Append(fix).Append('\n');

    public void Table(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows) => _out.Append(TextTable.Render(heading, rows, text => text));

    public void Progress(string? text)
    {
    }

    public string Bold(string text) => text;

    public string Good(string text) => text;

    public string Bad(string text) => text;

    public string Dim(string text) => text;
}
