using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Relational;

/// <summary>Brings a database to this version: the numbered SQL files of this assembly, in order, each once, all or nothing.</summary>
internal static class Migrator
{
    private static readonly Lazy<IReadOnlyList<Migration>> All = new(Load);

    public static Problem? Run(SqliteConnection connection, string path, TimeProvider clock)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL)");
        var applied = connection.Query<int>("SELECT number FROM schema_migrations").ToHashSet();
        var unknown = applied.Except(All.Value.Select(migration => migration.Number)).Order().ToList();
        if (unknown.Count > 0)
        {
            return new Problem(
                "database.newer",
                $"'{path}' was written by a newer version of Millwright (it has migration {unknown[^1]:0000}, this version knows up to {All.Value[^1].Number:0000}).",
                "Install the newer version; nothing was changed.");
        }

        var missing = All.Value.Where(migration => !applied.Contains(migration.Number)).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        using var transaction = connection.BeginTransaction();
        foreach (var migration in missing)
        {
            connection.Execute(migration.Sql, transaction: transaction);
            connection.Execute(
                "INSERT INTO schema_migrations (number, name, at) VALUES (@Number, @Name, @At)",
                new { migration.Number, migration.Name, At = LedgerHash.Time(clock.GetUtcNow()) },
                transaction);
        }

        transaction.Commit();
        return null;
    }

    private static List<Migration> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(migration => migration.Number)];
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var file = resource[..^".sql".Length].Split('.')[^1];
        return new Migration(int.Parse(file[..4], CultureInfo.InvariantCulture), file[5..], reader.ReadToEnd());
    }

    private sealed record Migration(int Number, string Name, string Sql);
}
