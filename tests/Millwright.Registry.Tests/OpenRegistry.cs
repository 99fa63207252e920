using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Ledger;
using Millwright.LocalFiles;
using Millwright.Registry.Register;
using Millwright.Relational;
using Millwright.Testing;

namespace Millwright.Registry.Tests;

/// <summary>A registry on a database and a content store of its own.</summary>
internal sealed class OpenRegistry : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public OpenRegistry()
    {
        var database = Database.Open(Folder["registry.db"], TimeProvider.System).Value;
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddRelational(database).AddLocalFiles(Folder["state"]).AddLedger().AddRegistry().BuildServiceProvider();
    }

    public ScratchFolder Folder { get; } = new();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The kinds of all events, in order.</summary>
    public IReadOnlyList<string> Events => [.. Get<ILedgerStore>().Read(new LedgerQuery()).Select(happened => happened.Kind)];

    /// <summary>Registers a version whose model folder holds one file of its own.</summary>
    public async Task<ModelVersion> RegisterAsync(string name, string author, string text)
    {
        var folder = Directory.CreateDirectory(Folder[Guid.NewGuid().ToString("n")]).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "model.json"), text);
        var artifact = await Get<IContentStore>().PutAsync(folder, default);
        return (await Get<RegisterModel>().RunAsync(new NewModelVersion(name, artifact, new Actor(author)), default)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Folder.Dispose();
    }
}
