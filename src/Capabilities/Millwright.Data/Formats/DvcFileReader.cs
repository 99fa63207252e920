using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Millwright.Data.Formats;

/// <summary>Reads any valid <c>.dvc</c> file and reports every error of an invalid one with its line and key.</summary>
internal static class DvcFileReader
{
    private static readonly HashSet<string> TopKeys = new(StringComparer.Ordinal)
    {
        "md5", "cmd", "wdir", "deps", "outs", "frozen", "locked", "desc", "meta", "always_changed",
    };

    private static readonly HashSet<string> OutKeys = new(StringComparer.Ordinal)
    {
        "path", "md5", "etag", "checksum", "size", "nfiles", "isexec", "hash", "cache", "metric", "plot", "persist", "desc", "type", "labels",
        "meta", "remote", "push", "cloud", "files", "fs_config", "version_id",
    };

    internal static Result<DvcFile> Parse(string text, string shownPath)
    {
        var node = YamlText.Read(text, out var fault);
        if (fault is not null)
        {
            return new Problem("data.dvc-file-invalid", $"'{shownPath}' is invalid.", $"Correct line {fault.Line} of this file.")
                .With([new ProblemDetail(fault.Message, shownPath, fault.Line)]);
        }

        if (node is null)
        {
            return new DvcFile(text, []);
        }

        var errors = new List<ProblemDetail>();
        var root = node as YamlMappingNode;
        if (root is null)
        {
            errors.Add(new ProblemDetail("expected a mapping", shownPath, 1));
        }

        var file = root is null ? new DvcFile(text, []) : Read(text, root, new Errors(errors, shownPath));
        return errors.Count == 0
            ? file
            : new Problem("data.dvc-file-invalid", $"'{shownPath}' validation failed{(errors.Count > 1 ? $": {errors.Count} errors" : "")}.", "Correct the named keys.")
                .With(errors);
    }

    private static DvcFile Read(string text, YamlMappingNode root, Errors errors)
    {
        var outs = ImmutableArray.CreateBuilder<DvcOut>();
        foreach (var (key, value) in root.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!TopKeys.Contains(name))
            {
                errors.Add("extra keys not allowed", name, key);
            }
            else if (name == "outs" && value is YamlSequenceNode list)
            {
                outs.AddRange(list.Children.Select((node, i) => ReadOut(node, $"outs -> {i}", errors)).OfType<DvcOut>());
            }
            else if (name == "outs")
            {
                errors.Add("expected a list", name, value);
            }
        }

        return new DvcFile(text, outs.DrainToImmutable())
        {
            HasDependencies = root.Children.ContainsKey("deps"),
            IsFrozen = root.Children.TryGetValue("frozen", out var frozen) && frozen is YamlScalarNode { Value: "true" },
        };
    }

    private static DvcOut? ReadOut(YamlNode node, string place, Errors errors)
    {
        if (node is not YamlMappingNode mapping)
        {
            errors.Add("expected a mapping", place, node);
            return null;
        }

        var found = new DvcOut("");
        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (!OutKeys.Contains(key))
            {
                errors.Add("extra keys not allowed", $"{place} -> {key}", keyNode);
                continue;
            }

            var scalar = value as YamlScalarNode;
            var text = scalar?.Value ?? "";
            var isPlain = scalar?.Style is ScalarStyle.Plain;
            found = key switch
            {
                "path" => found with { Path = text },
                "md5" when scalar is null || (isPlain && YamlScalar.ResolvesToOther(text)) || !IsSafeName(text) => errors.Add("not a valid value", $"{place} -> md5", value, found),
                "md5" => found with { Md5 = text },
                "hash" => found with { Hash = text },
                "size" or "nfiles" when !isPlain || !long.TryParse(text, out var number) || number < 0 => errors.Add("expected int", $"{place} -> {key}", value, found),
                "size" => found with { Size = long.Parse(text) },
                "nfiles" => found with { FileCount = long.Parse(text) },
                "isexec" => Flag(text, found, errors, $"{place} -> {key}", value, flag => found with { IsExecutable = flag }),
                "cache" => Flag(text, found, errors, $"{place} -> {key}", value, flag => found with { IsCached = flag }),
                "push" => Flag(text, found, errors, $"{place} -> {key}", value, flag => found with { IsPushed = flag }),
                "remote" => found with { Remote = text },
                _ => found,
            };
        }

        if (found.Path.Length == 0)
        {
            errors.Add("required key not provided", $"{place} -> path", node);
            return null;
        }

        return found;
    }

    // The digest becomes a file name in the cache: it must not lead anywhere else.
    private static bool IsSafeName(string md5) => md5.Length > 2 && md5.All(c => char.IsAsciiLetterOrDigit(c) || c == '.') && !md5.Contains("..", StringComparison.Ordinal);

    private static DvcOut Flag(string text, DvcOut found, Errors errors, string place, YamlNode value, Func<bool, DvcOut> set) => text switch
    {
        "true" or "True" or "TRUE" => set(true),
        "false" or "False" or "FALSE" => set(false),
        _ => errors.Add("expected bool", place, value, found),
    };

    private sealed class Errors(List<ProblemDetail> all, string file)
    {
        internal void Add(string message, string place, YamlNode node) => all.Add(new ProblemDetail(message, file, (int)node.Start.Line, place));

        internal DvcOut Add(string message, string place, YamlNode node, DvcOut found)
        {
            Add(message, place, node);
            return found;
        }
    }
}
