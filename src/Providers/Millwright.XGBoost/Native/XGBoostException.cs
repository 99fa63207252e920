namespace Millwright.XGBoost.Native;

/// <summary>The library refused a call; the message is its first line. Caught where a step becomes a result.</summary>
internal sealed class XGBoostException(string message) : Exception(message)
{
    internal static void Check(int code)
    {
        if (code != 0)
        {
            var text = System.Runtime.InteropServices.Marshal.PtrToStringUTF8(XGBoostLibrary.XGBGetLastError()) ?? "unknown error";
            throw new XGBoostException(Reason(text));
        }
    }

    // "[13:51:02] ./src/objective/objective.cc:26: Unknown objective function: `nope`" + a stack trace on further lines.
    private static string Reason(string text)
    {
        var line = text.Split('\n', 2)[0];
        var place = System.Text.RegularExpressions.Regex.Match(line, @"^\[[0-9:]+\] \S+:\d+: ", System.Text.RegularExpressions.RegexOptions.NonBacktracking);
        return line[place.Length..];
    }
}
