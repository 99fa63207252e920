using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Relational;
using Millwright.Testing;

namespace Millwright.Ledger.Tests;

/// <summary>A ledger on a database file of its own, with a second connection to tamper with it.</summary>
internal sealed class OpenLedger : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private ServiceProvider _services;

    public OpenLedger() => _services = Open();

    public Database Database { get; private set; } = null!;

    public ILedgerStore Store => Get<ILedgerStore>();

    public string Path => _folder["ledger.db"];

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<ImmutableArray<LedgerEvent>> AppendAsync(params LedgerDraft[] drafts) => Get<ILedgerWriter>().AppendAsync(drafts, default);

    public static LedgerDraft Draft(string kind, string subject, string[]? inputs = null, string[]? outputs = null, JsonObject? body = null) =>
        new(new Actor("ada"), kind, Parse(subject))
        {
            Inputs = [.. (inputs ?? []).Select(Parse)],
            Outputs = [.. (outputs ?? []).Select(Parse)],
            Body = body ?? [],
        };

    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Execute(sql).ShouldBeGreaterThan(0);
    }

    public async Task ReopenAsync()
    {
        await _services.DisposeAsync();
        _services = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private static Subject Parse(string text) => Subject.TryParse(text, out var subject) ? subject : throw new FormatException(text);

    private ServiceProvider Open()
    {
        Database = Database.Open(Path, TimeProvider.System).Value;
        return new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddRelational(Database).AddLedger().BuildServiceProvider();
    }
}
