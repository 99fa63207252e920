namespace Millwright.Cli.Data;

/// <summary><c>mw data root</c>.</summary>
internal sealed class RootVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("root", "Return the relative path to the root of the DVC project.");

    public Task<int> RunAsync(DataCall call, CancellationToken ct) => call.InRepositoryAsync(repository =>
    {
        call.Show(call.Environment.Show(repository.Root) + "\n");
        return Task.FromResult(0);
    });
}

/// <summary><c>mw data version</c>.</summary>
internal sealed class VersionVerb : IDataVerb
{
    public VerbUsage Usage { get; } = new("version", "Display the version and the formats that are read and written.") { Aliases = ["doctor"] };

    public Task<int> RunAsync(DataCall call, CancellationToken ct)
    {
        call.Show($"Millwright {typeof(VersionVerb).Assembly.GetName().Version!.ToString(3)}\nFormats: DVC 3 (files/md5), reads DVC 2 (md5-dos2unix)\n");
        return Task.FromResult(0);
    }
}
