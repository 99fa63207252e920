using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Millwright.Yaml;

/// <summary>
/// Reads YAML that people write. Whatever the text is, the outcome is a document or a <see cref="YamlFault"/> with its line: text that ends
/// too early, nesting that would overflow the stack and aliases that would multiply without end included.
/// </summary>
public static class YamlText
{
    /// <summary>The root of the first document, or null with <paramref name="fault"/>; an empty text has neither.</summary>
    public static YamlNode? Read(string text, out YamlFault? fault)
    {
        fault = FirstControlCharacter(text) ?? Survey(text);
        if (fault is not null)
        {
            return null;
        }

        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            return stream.Documents is [{ RootNode: var root }, ..] ? root : null;
        }
        catch (YamlException broken)
        {
            fault = Of(broken, text);
        }
        catch (ArgumentException)
        {
            // The parser lets some broken collections end before they have all their parts.
            fault = At(parser.Current!.Start.Line, "a key or a value is missing", text);
        }

        return null;
    }

    // The representation is built by recursion and shares aliased nodes, so what may harm is found on the flat stream of events first.
    private static YamlFault? Survey(string text)
    {
        var survey = new YamlSurvey();
        using var reader = new StringReader(text);
        try
        {
            for (var parser = new Parser(reader); parser.MoveNext();)
            {
                if (survey.See(parser.Current!) is { } fault)
                {
                    return fault;
                }
            }

            return null;
        }
        catch (YamlException broken)
        {
            var fault = Of(broken, text);
            return survey.OpenFlow is not { } open ? fault
                : broken.Start.Index >= text.TrimEnd().Length ? Unclosed(open)
                : fault with { Message = $"{fault.Message} (the {open.Kind} that opens in line {open.Line} is not closed before)" };
        }
        catch (InvalidOperationException)
        {
            // The parser gives up so on a list or map in brackets that is still open at the end of the text.
            return survey.OpenFlow is { } open ? Unclosed(open) : new YamlFault(Lines(text), "the text ends too early");
        }
    }

    private static YamlFault? FirstControlCharacter(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\0', '\b');
        return at < 0 ? null : new YamlFault(Lines(text.AsSpan(0, at)), $"the character U+{(int)text[at]:X4} stands there; the file must be UTF-8 text");
    }

    private static YamlFault Unclosed((int Line, string Kind) open) => new(open.Line, $"the {open.Kind} that opens here is not closed");

    // Where the scanner stopped; when that is merely the end of the text, where what does not end began.
    private static YamlFault Of(YamlException broken, string text)
    {
        var line = broken.End.Index < text.TrimEnd().Length ? broken.End.Line : broken.Start.Line;
        var message = (broken.InnerException?.Message ?? broken.Message).TrimEnd('.');
        return At(message.Contains(" tab ", StringComparison.Ordinal) ? TabFrom(line, text) : line, message, text);
    }

    // Of a tab in the indentation the scanner may name the line before.
    private static long TabFrom(long line, string text)
    {
        var found = text.Split('\n').Skip((int)line - 1).TakeWhile(one => one.AsSpan(0, one.Length - one.AsSpan().TrimStart().Length).IndexOf('\t') < 0).Count();
        return line + found;
    }

    // The parser may count a line beyond the last.
    private static YamlFault At(long line, string message, string text) => new((int)Math.Clamp(line, 1, Lines(text.AsSpan().TrimEnd())), message);

    private static int Lines(ReadOnlySpan<char> text) => text.Count('\n') + 1;
}
