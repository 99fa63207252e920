namespace Millwright.Pipelines.Execute;

/// <summary>Moves a child's output to the journal in whole lines, so that the two streams of a child do not break into each other's lines.</summary>
internal static class OutputPump
{
    private const int LongestHeld = 64 * 1024;

    public static async Task RunAsync(Stream output, StepJournal journal)
    {
        var buffer = new byte[LongestHeld];
        var held = 0;
        while (true)
        {
            var read = await output.ReadAsync(buffer.AsMemory(held));
            held += read;
            var end = buffer.AsSpan(0, held).LastIndexOf((byte)'\n') + 1;
            if (read == 0 || (end == 0 && held == buffer.Length))
            {
                end = held;
            }

            if (end > 0)
            {
                journal.Raw(buffer.AsSpan(0, end));
                buffer.AsSpan(end, held - end).CopyTo(buffer);
                held -= end;
            }

            if (read == 0)
            {
                return;
            }
        }
    }
}
