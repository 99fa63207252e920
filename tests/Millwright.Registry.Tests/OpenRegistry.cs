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
    public static readonly Actor Ada = new("ada");
    public static readonly Actor Bob = new("bob");
    public static readonly Actor Eve = new("eve");

    private ServiceProvider _services;

    public OpenRegistry() => _services = Open();

    public ScratchFolder Folder { get; } = new();

    public IModelStore Models => Get<IModelStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The kinds of all events, in order.</summary>
    public IReadOnlyList<string> Events => [.. Get<ILedgerStore>().Read(new LedgerQuery()).Select(happened => happened.Kind)];

    /// <summary>Kind, actor and subject of all events, in order.</summary>
    public IReadOnlyList<string> Happened => [.. Get<ILedgerStore>().Read(new LedgerQuery { Limit = 1000 }).Select(happened => $"{happened.Kind} {happened.Actor} {happened.Subject}")];

    /// <summary>Models <paramref name="name"/> with so many versions, by ada.</summary>
    public async Task<OpenRegistry> WithAsync(string name, int versions)
    {
        for (var version = 1; version <= versions; version++)
        {
            await RegisterAsync(name, "ada", $"{name} {version}");
        }

        return this;
    }

    public async Task ReopenAsync()
    {
        await _services.DisposeAsync();
        _services = Open();
    }

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

    private ServiceProvider Open() => new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
        .AddRelational(Database.Open(Folder["registry.db"], TimeProvider.System).Value)
        .AddLocalFiles(Folder["state"]).AddLedger().AddRegistry().BuildServiceProvider();
}
