using Millwright.Abstractions.Results;
using Millwright.Data.Add;
using Millwright.Data.Checkout;
using Millwright.Data.Fetch;
using Millwright.Data.Init;
using Millwright.Data.Pull;
using Millwright.Data.Push;
using Millwright.Data.Remotes;
using Millwright.Data.Status;
using Millwright.Data.Workspace;

namespace Millwright.Data.Tests;

/// <summary>A scratch repository without Git and a remote beside it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("mw-data").FullName;

    private DataFolder() => Directory.CreateDirectory(Root);

    public string Root => Path.Combine(_top, "repo");

    public string Remote => Path.Combine(_top, "remote");

    public static async Task<DataFolder> CreateAsync()
    {
        var folder = new DataFolder();
        (await new InitRepository().RunAsync(folder.Environment, new InitRequest(WithoutGit: true), default)).Problem.ShouldBeNull();
        new EditConfig().AddRemote(folder.Open(), ConfigLevel.Repository, "store", "../remote", isDefault: true, force: false).Problem.ShouldBeNull();
        return folder;
    }

    public DataEnvironment Environment => new(Root, name => name.StartsWith("DVC_", StringComparison.Ordinal) ? Path.Combine(_top, "none") : null);

    public DataRepository Open() => DataRepository.Open(Environment, TimeProvider.System).Value;

    public string At(string name) => Path.Combine(Root, name);

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), bytes);
    }

    public Task<Result<AddedData>> AddAsync(params string[] targets) => new AddData(TimeProvider.System).RunAsync(Open(), new AddRequest([.. targets]), null, default);

    public Task<Result<CheckoutOutcome>> CheckoutAsync(bool force = false, params string[] targets) =>
        new CheckoutData(TimeProvider.System).RunAsync(Open(), new CheckoutRequest([.. targets]) { Force = force }, null, default);

    public Task<Result<PushedData>> PushAsync() => new PushData(TimeProvider.System).RunAsync(Open(), new TransferRequest([]), null, default);

    public Task<Result<FetchedData>> FetchAsync() => new FetchData(TimeProvider.System).RunAsync(Open(), new TransferRequest([]), null, default);

    public Task<Result<PulledData>> PullAsync(params string[] targets) =>
        new PullData(new FetchData(TimeProvider.System), new CheckoutData(TimeProvider.System)).RunAsync(Open(), new TransferRequest([.. targets]), false, false, null, default);

    public string[] Changes() =>
        [.. new DataStatus().Run(Open(), [], default).Value.Changed.Select(o => $"{o.State} {o.Tracked.Out.Path}")];

    public void WipeCache() => Directory.Delete(At(".dvc/cache"), recursive: true);

    public void Dispose() => Directory.Delete(_top, recursive: true);
}
