using System.Data.Common;
using Dapper;
using Millwright.Abstractions.Results;
using Millwright.Registry;

namespace Millwright.Relational.Registry;

/// <summary>Registered models in the project's database.</summary>
internal sealed class SqlModelStore(Database database) : IModelStore
{
    public Task<Result<T>> ChangeAsync<T>(string name, Func<ModelState?, Result<ModelChange<T>>> decide, CancellationToken ct) =>
        database.WriteAsync(session => decide(Load(session.Connection, session.Transaction, name)).Then(change => Save(session, name, change)), ct);

    public ModelState? Find(string name) => database.Read(connection => Load(connection, null, name));

    public IReadOnlyList<ModelState> List(string? after, int limit) => database.Read(connection =>
        connection.Query<string>("SELECT name FROM registered_models WHERE name > @after ORDER BY name LIMIT @limit", new { after = after ?? "", limit })
            .AsList()
            .ConvertAll(name => Load(connection, null, name)!));

    private static ModelState? Load(DbConnection connection, DbTransaction? transaction, string name) =>
        connection.QueryFirstOrDefault<ModelRow>($"SELECT {ModelRow.Columns} FROM registered_models WHERE name = @name", new { name }, transaction) is { } model
            ? new ModelState(
                model.ToModel(),
                [.. connection.Query<VersionRow>($"SELECT {VersionRow.Columns} FROM model_versions WHERE name = @name ORDER BY version", new { name }, transaction).Select(row => row.ToVersion())])
            : null;

    private static Result<T> Save<T>(WriteSession session, string name, ModelChange<T> change)
    {
        if (change.Model is { } next && next.Name != name && Load(session.Connection, session.Transaction, next.Name) is not null)
        {
            return RegistryProblems.ModelExists(next.Name);
        }

        if (change.Model is { } model)
        {
            session.Execute(ModelRow.Upsert, ModelRow.From(model));
        }

        foreach (var version in change.Versions)
        {
            session.Execute(VersionRow.Upsert, VersionRow.From(version));
        }

        foreach (var version in change.Deleted)
        {
            session.Execute("DELETE FROM model_versions WHERE name = @name AND version = @version", new { name, version });
        }

        if (change.DeletesModel)
        {
            session.Execute("DELETE FROM registered_models WHERE name = @name", new { name });
        }

        foreach (var happened in change.Events)
        {
            session.Append(happened);
        }

        return change.Value;
    }
}
