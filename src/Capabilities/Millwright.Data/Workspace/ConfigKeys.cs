using Millwright.Abstractions.Results;
using Millwright.Data.Formats;

namespace Millwright.Data.Workspace;

/// <summary>Which sections and keys a DVC config may have, and which of them are switches.</summary>
internal static class ConfigKeys
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["core"] =
        [
            "remote", "checksum_jobs", "interactive", "analytics", "hardlink_lock", "no_scm", "autostage", "experiments", "check_update", "site_cache_dir", "machine",
        ],
        ["cache"] =
        [
            "local", "s3", "gs", "hdfs", "webhdfs", "ssh", "azure", "type", "protected", "shared", "slow_link_warning", "dir", "verify",
        ],
        ["index"] = ["dir"],
        ["state"] = ["dir", "row_limit", "row_cleanup_quota"],
        ["feature"] = ["machine", "data_index_cache"],
        ["parsing"] = ["bool", "list"],
        ["hydra"] = ["enabled", "exec_dir", "config_path", "config_name", "plugins_path", "config_dir", "config_module"],
        ["exp"] = ["code", "data", "models", "metrics", "params", "plots", "live", "auto_push", "git_remote"],
        ["studio"] = ["token", "url", "repo_url", "offline"],
        ["plots"] = ["html_template", "out_dir", "auto_open"],
        ["db"] = [],
    };

    private static readonly HashSet<string> Switches = new(StringComparer.Ordinal)
    {
        "core.interactive", "core.analytics", "core.hardlink_lock", "core.no_scm", "core.autostage", "core.experiments", "core.check_update",
        "cache.protected", "cache.slow_link_warning",
    };

    internal static Problem? Check(IniFile file)
    {
        foreach (var section in file.Sections)
        {
            if (!Known.TryGetValue(section, out var keys))
            {
                if (DataConfig.RemoteName(section) is null && !section.StartsWith("machine ", StringComparison.Ordinal) && !section.StartsWith("db ", StringComparison.Ordinal))
                {
                    return Invalid($"extra keys not allowed @ data['{section}']");
                }

                continue;
            }

            foreach (var (key, value) in file.Pairs(section))
            {
                if (Array.IndexOf(keys, key) < 0)
                {
                    return Invalid($"extra keys not allowed @ data['{section}']['{key}']");
                }

                if (Switches.Contains($"{section}.{key}") && value.ToUpperInvariant() is not ("TRUE" or "FALSE"))
                {
                    return Invalid($"expected true or false for dictionary value @ data['{section}']['{key}']");
                }

                if ($"{section}.{key}" == "cache.type" && Unsupported(value) is { Length: > 0 } types)
                {
                    return Invalid($"Unsupported cache type(s): {types} for dictionary value @ data['cache']['type']");
                }
            }
        }

        return null;
    }

    internal static Problem Invalid(string why, string fix = "") => new("data.config-invalid", $"configuration error - config file error: {why}", fix);

    private static string Unsupported(string types) =>
        string.Join(", ", types.Split(',', StringSplitOptions.TrimEntries).Where(type => type is not ("reflink" or "hardlink" or "symlink" or "copy")));
}
