using System.Text;

// The one place of the SDK that writes to the console: the host reads it as the step's log.
#pragma warning disable RS0030

namespace Millwright.Sdk;

/// <summary>The process's standard output, line by line.</summary>
internal static class StandardOutput
{
    public static void Line(string text)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
