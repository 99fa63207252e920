using System.Collections.Immutable;
using Millwright.Abstractions.Results;

namespace Millwright.Data.Formats;

/// <summary>A <c>.dvc</c> file: pointers to data that Git does not hold.</summary>
/// <param name="Text">The file as it stands on disk; empty for a new one.</param>
/// <param name="Outs">Its outputs.</param>
public sealed record DvcFile(string Text, ImmutableArray<DvcOut> Outs)
{
    /// <summary>What the names of these files end in.</summary>
    public const string Suffix = ".dvc";

    /// <summary>Whether it is an import: its content comes from somewhere else and has dependencies.</summary>
    public bool HasDependencies { get; init; }

    /// <summary>Whether its content must not be updated.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="shownPath">The path for messages.</param>
    public static Result<DvcFile> Parse(string text, string shownPath) =>
        DvcFileShape.TryParse(text) is { } file ? file : DvcFileReader.Parse(text, shownPath);

    /// <summary>
    /// The file with one output changed or, when there is none of that path, added. What the author wrote stays: comments, order of
    /// keys, keys that mean nothing to DVC.
    /// </summary>
    public DvcFile With(DvcOut changed)
    {
        var index = Outs.FirstIndex(o => o.Path == changed.Path);
        var outs = index < 0 ? Outs.Add(changed) : Outs.SetItem(index, changed);
        var edited = index >= 0 && Text.Length > 0 ? DvcFileEditor.Edit(Text, index, changed) : null;
        return this with
        {
            Outs = outs,
            // An edit that does not read back as what was meant (flow style, anchors) gives way to a file written anew.
            Text = edited is not null && DvcFileReader.Parse(edited, "").TryGet(out var back, out _) && back.Outs.SequenceEqual(outs)
                ? edited
                : DvcFileWriter.Write(outs),
        };
    }
}

internal static class ImmutableArraySearch
{
    internal static int FirstIndex<T>(this ImmutableArray<T> items, Func<T, bool> wanted)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (wanted(items[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
