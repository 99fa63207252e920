namespace Millwright.Cli.Data;

/// <summary><c>mw data root</c>.</summary>
internal sealed class RootVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("root", "Print the path to the root of the data repository.", "mw data root");

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(repository =>
    {
        call.ShowValue("root", call.Environment.Show(repository.Root));
        return Task.FromResult(0);
    });
}

/// <summary><c>mw data version</c>.</summary>
internal sealed class VersionVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("version", "Print the version and the formats that are read and written.", "mw data version") { Aliases = ["doctor"] };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        var version = typeof(VersionVerb).Assembly.GetName().Version!.ToString(3);
        if (call.Arguments.IsJson)
        {
            call.ShowJson(new KeyValuePair<string, object?>[] { new("version", version), new("writes", new[] { "DVC 3 (files/md5)" }), new("reads", new[] { "DVC 3 (files/md5)", "DVC 2 (md5-dos2unix)" }) });
            return Task.FromResult(0);
        }

        call.Show($"Millwright {version}\nFormats: DVC 3 (files/md5), reads DVC 2 (md5-dos2unix)\n");
        return Task.FromResult(0);
    }
}
