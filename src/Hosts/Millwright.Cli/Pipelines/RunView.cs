using System.Globalization;
using Millwright.Cli.Commands;
using Millwright.Contracts.Pipelines;

namespace Millwright.Cli.Pipelines;

/// <summary>
/// Shows a run while it goes on: a line when a step ends, its printed lines in between, and on a terminal one live line with what is
/// running now. With <c>--json</c> nothing goes to standard output before the end.
/// </summary>
internal sealed class RunView(CliContext cli, RunDto run)
{
    private readonly int _width = Math.Max(8, run.Steps.Select(step => step.Name.Length).DefaultIfEmpty(8).Max());
    private readonly SortedSet<string> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _latest = new(StringComparer.Ordinal);
    private int _done;

    public void Show(RunEventDto happened)
    {
        switch (happened)
        {
            case { Kind: "stepStarted", Step: { } step }:
                _running.Add(step);
                break;
            case { Kind: "stepLine", Step: { } step, Text: { } line }:
                Line($"  {step.PadRight(_width)}  {cli.Screen.Dim(line)}");
                break;
            case { Kind: "stepMetric", Step: { } step, Text: { } metric }:
                _latest[step] = $"{metric} {happened.Value?.ToString("G5", CultureInfo.InvariantCulture) ?? "nan"}";
                break;
            case { Kind: "stepRetrying", Step: { } step }:
                Line($"  {step.PadRight(_width)}  {cli.Screen.Bad("retrying")}  {happened.Text}");
                break;
            case { Kind: "stepFinished", Step: { } step }:
                _running.Remove(step);
                _done++;
                Line($"{Mark(happened.State)} {step.PadRight(_width)}  {happened.State?.PadRight(9)} {Seconds(happened.Seconds),8}  {cli.Screen.Dim(happened.Text ?? "")}".TrimEnd());
                break;
        }

        cli.Screen.Progress(_running.Count == 0
            ? null
            : $"[{_done}/{run.Steps.Count}] {string.Join(", ", _running.Select(step => _latest.TryGetValue(step, out var metric) ? $"{step} ({metric})" : step))}");
    }

    public void End(RunDto ended)
    {
        cli.Screen.Progress(null);
        var cached = ended.Steps.Count(step => step.State is "cached");
        var seconds = ended.FinishedAt - ended.StartedAt;
        Line($"{Mark(ended.State)} run {ended.Id} {ended.State}: {ended.Steps.Count} steps, {cached} from cache, {Seconds(seconds?.TotalSeconds)}");
    }

    private void Line(string text)
    {
        if (!cli.Json)
        {
            cli.Screen.Line(text);
        }
    }

    private string Mark(string? state) => state switch
    {
        "succeeded" => cli.Screen.Good("+"),
        "cached" => cli.Screen.Good("="),
        "failed" or "interrupted" => cli.Screen.Bad("x"),
        _ => "-",
    };

    private static string Seconds(double? seconds) => seconds is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) + "s" : "";
}
