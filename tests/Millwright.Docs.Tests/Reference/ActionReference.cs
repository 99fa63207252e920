using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Plan;

namespace Millwright.Docs.Tests.Reference;

/// <summary>Writes <c>docs/reference/actions.md</c> from the shapes of the step actions.</summary>
internal static class ActionReference
{
    public static string Write(IServiceProvider services)
    {
        var text = new StringBuilder("""
            # Step actions

            Generated from the actions' own descriptions: what a pipeline step can do by name (`uses: NAME` in YAML, `p.Action(STEP, NAME)` in C#).
            An input with `?` may be left out; `*` stands for any further names. A parameter without a default is required unless it says otherwise.

            """);
        foreach (var action in services.GetRequiredService<ActionCatalogue>().All)
        {
            var shape = action.Shape;
            text.Append(CultureInfo.InvariantCulture, $"\n## {action.Name}\n\n{shape.Summary}{(shape.IsCacheable ? "" : " Its effect is outside its outputs, so it is never taken from the cache.")}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"* Inputs: {Names(shape.Inputs)}\n* Outputs: {Names(shape.Outputs)}\n");
            if (shape.Parameters.Count > 0)
            {
                text.Append("\n| Parameter | Default | Meaning |\n|---|---|---|\n");
                foreach (var parameter in shape.Parameters)
                {
                    text.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {Default(parameter)} | {parameter.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Default(StepParameter parameter) =>
        parameter.Default is { } standard ? $"`{standard.ToJsonString()}`" : parameter.IsOptional ? "none" : "required";
}
