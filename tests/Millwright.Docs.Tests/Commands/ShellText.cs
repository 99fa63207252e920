using System.Text;

namespace Millwright.Docs.Tests.Commands;

/// <summary>Splits shell text into simple commands: quotes, <c>&amp;&amp;</c>, pipes, redirections, substitutions, assignments and comments.</summary>
internal static class ShellText
{
    /// <summary>The words of every simple command on a line.</summary>
    public static IEnumerable<IReadOnlyList<string>> Commands(string line)
    {
        var commands = new List<List<string>> { new() };
        var word = new StringBuilder();
        var (hasWord, quote, skip) = (false, '\0', false);
        for (var at = 0; at < line.Length; at++)
        {
            var next = line[at];
            if (quote != '\0')
            {
                if (next == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(next);
                }
            }
            else if (next is '\'' or '"')
            {
                (quote, hasWord) = (next, true);
            }
            else if (next == '#' && !hasWord)
            {
                break;
            }
            else if (next is ' ' or '\t')
            {
                EndWord();
            }
            else if (next is '|' or '&' or ';' or '(' or ')')
            {
                EndWord();
                commands.Add([]);
            }
            else if (next is '<' or '>')
            {
                // A file descriptor belongs to the redirection, and so does the word behind it.
                if (word.Length == 1 && char.IsAsciiDigit(word[0]))
                {
                    (hasWord, _) = (false, word.Clear());
                }

                EndWord();
                skip = at + 1 >= line.Length || line[at + 1] != '(';
            }
            else
            {
                word.Append(next == '\\' && at + 1 < line.Length ? line[++at] : next);
                hasWord = true;
            }
        }

        EndWord();
        return commands.Select(words => words.SkipWhile(IsAssignment).ToList()).Where(words => words.Count > 0);

        void EndWord()
        {
            if (hasWord && !skip)
            {
                commands[^1].Add(word.ToString());
            }

            skip = skip && !hasWord;
            (hasWord, _) = (false, word.Clear());
        }
    }

    private static bool IsAssignment(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && word[..at].All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '_');
}
