using System.Text;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Abstractions.Tables;

namespace Millwright.Features.Sql;

/// <summary>The action <c>sql</c>: one query over tables, which are views named after the step's inputs.</summary>
public sealed class SqlAction(ITableEngine tables) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "sql";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Runs one query; each input is a view of its name (DuckDB's dialect).",
        "1",
        ["*"],
        ["out"],
        [new StepParameter("query", "One SELECT statement, such as SELECT * FROM customers WHERE tenure > 0.")])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["out"] = "out.parquet" },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var read = new ParameterReader(context);
        var query = read.Required("query").Trim().TrimEnd(';');
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        var views = new StringBuilder();
        foreach (var (name, path) in context.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            if (!(await tables.OpenAsync(path, ct)).TryGet(out var source, out var problem))
            {
                return problem;
            }

            views.Append(views.Length == 0 ? "WITH " : ", ").Append(SqlText.Name(name)).Append(" AS (SELECT * FROM ").Append(source.Sql).Append(')');
        }

        // The line break ends a comment in the query's last line.
        if (!(await tables.CopyAsync($"{views} SELECT * FROM ({query}\n)", context.Outputs["out"], ct)).TryGet(out var rows, out var failed))
        {
            return failed;
        }

        context.Journal.Line($"{rows} rows");
        return Result.Ok;
    }
}
