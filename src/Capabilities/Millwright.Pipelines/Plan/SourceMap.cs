namespace Millwright.Pipelines.Plan;

/// <summary>Where the parts of a plan stand in its source, for messages. Not part of the plan: moving a line changes no digest.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Lines">Key such as <c>steps.train.inputs.data</c> → line from 1.</param>
public sealed record SourceMap(string File, IReadOnlyDictionary<string, int> Lines)
{
    /// <summary>The line of a key or of the nearest key around it.</summary>
    public int? LineOf(string key)
    {
        while (true)
        {
            if (Lines.TryGetValue(key, out var line))
            {
                return line;
            }

            var dot = key.LastIndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            key = key[..dot];
        }
    }
}
