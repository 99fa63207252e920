using System.Collections.Immutable;
using System.Text;

namespace Millwright.Data.Formats;

/// <summary>Writes a new <c>.dvc</c> file in DVC's order of keys and style.</summary>
internal static class DvcFileWriter
{
    internal static string Write(ImmutableArray<DvcOut> outs)
    {
        var text = new StringBuilder("outs:\n");
        foreach (var o in outs)
        {
            var lead = "- ";
            foreach (var (key, value) in Pairs(o))
            {
                text.Append(YamlScalar.After($"{lead}{key}: ", value.Text, value.IsString)).Append('\n');
                lead = "  ";
            }
        }

        return text.ToString();
    }

    /// <summary>The keys that a version of the data decides, in DVC's order; null = the key is left out.</summary>
    internal static IEnumerable<(string Key, (string Text, bool IsString)? Value)> Keys(DvcOut o) =>
    [
        ("md5", o.Md5 is null ? null : (o.Md5, true)),
        ("size", o.Size is null ? null : ($"{o.Size}", false)),
        ("nfiles", o.FileCount is null ? null : ($"{o.FileCount}", false)),
        ("isexec", o.IsExecutable ? ("true", false) : null),
        ("hash", o.Hash is null ? null : (o.Hash, true)),
        ("path", (o.Path, true)),
        ("cache", o.IsCached ? null : ("false", false)),
        ("remote", o.Remote is null ? null : (o.Remote, true)),
        ("push", o.IsPushed ? null : ("false", false)),
    ];

    private static IEnumerable<(string Key, (string Text, bool IsString) Value)> Pairs(DvcOut o) =>
        Keys(o).Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!.Value));
}
