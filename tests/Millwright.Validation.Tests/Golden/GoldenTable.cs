using Millwright.Testing;
using YamlDotNet.RepresentationModel;

namespace Millwright.Validation.Tests.Gx;

/// <summary>The data sets of <c>cases.yaml</c> as plain CSV files: its reader options are applied by rewriting the file once.</summary>
internal static class GoldenTable
{
    private static readonly Lazy<YamlMappingNode> Cases = new(() =>
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Golden.Area("gx"), "cases.yaml"));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    });

    private static readonly string Folder = Directory.CreateTempSubdirectory("mw-gx").FullName;

    internal static string DatasetOf(string suite) => ((YamlSequenceNode)Cases.Value["suites"]).Cast<YamlMappingNode>()
        .Single(entry => entry["name"].ToString() == suite)["dataset"].ToString();

    internal static string FileOf(string dataset)
    {
        var spec = (YamlMappingNode)Cases.Value["datasets"][dataset];
        var file = spec["file"].ToString();
        var path = spec.Children.ContainsKey("local") ? Path.Combine(Golden.Area("gx"), "data", file) : Golden.Data(file);
        var read = (YamlMappingNode)spec["read"];
        var target = Path.Combine(Folder, $"{dataset}.csv");
        lock (Folder)
        {
            if (!File.Exists(target))
                File.WriteAllLines(target, Rewrite(File.ReadLines(path), read));
        }

        return target;
    }

    private static IEnumerable<string> Rewrite(IEnumerable<string> lines, YamlMappingNode read)
    {
        if (Option(read, "header") is not null && read["names"] is YamlSequenceNode names)
            lines = lines.Prepend(string.Join(',', names.Select(name => name.ToString())));
        if (Option(read, "nrows") is { } rows)
            lines = lines.Take(int.Parse(rows.ToString()) + 1);
        if (Option(read, "skipinitialspace") is not null)
            lines = lines.Select(line => line.Replace(", ", ",", StringComparison.Ordinal));
        if (Option(read, "na_values") is YamlSequenceNode missing)
            lines = lines.Select(line => string.Join(',', line.Split(',').Select(field => missing.Any(word => word.ToString() == field) ? "" : field)));
        return lines;
    }

    private static YamlNode? Option(YamlMappingNode read, string name) => read.Children.TryGetValue(name, out var value) ? value : null;
}
