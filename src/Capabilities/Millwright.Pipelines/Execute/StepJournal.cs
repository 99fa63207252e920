using System.Collections.Immutable;
using System.Text;
using Millwright.Abstractions.Steps;

namespace Millwright.Pipelines.Execute;

/// <summary>Takes what a step reports: lines go to its log file as they are, byte for byte, and to whoever watches; the rest is its report.</summary>
internal sealed class StepJournal : IStepJournal, IAsyncDisposable
{
    // A longer line is shown in pieces, so that a step that prints no line end cannot fill the memory.
    private const int LongestLine = 16 * 1024;

    private readonly string _step;
    private readonly LiveRun _live;
    private readonly RunRecorder _recorder;
    private readonly TimeProvider _clock;
    private readonly FileStream _log;
    private readonly Lock _gate = new();
    private RunReport _report = RunReport.Empty;
    private ImmutableArray<ReportedMetric>.Builder _metrics = ImmutableArray.CreateBuilder<ReportedMetric>();

    public StepJournal(string step, string logFile, LiveRun live, RunRecorder recorder, TimeProvider clock)
    {
        (_step, _live, _recorder, _clock) = (step, live, recorder, clock);
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        _log = new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
    }

    /// <summary>Everything reported so far.</summary>
    public RunReport Report
    {
        get
        {
            lock (_gate)
            {
                return _report with { Metrics = _metrics.ToImmutable() };
            }
        }
    }

    /// <summary>Forgets the report of a failed attempt; its lines stay in the log.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            (_report, _metrics) = (RunReport.Empty, ImmutableArray.CreateBuilder<ReportedMetric>());
        }
    }

    public void Line(string text) => Raw(Encoding.UTF8.GetBytes(text + '\n'));

    /// <summary>Bytes of whole lines (or of a piece of an overlong one), not necessarily UTF-8.</summary>
    public void Raw(ReadOnlySpan<byte> lines)
    {
        lock (_gate)
        {
            _log.Write(lines);
        }

        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestLine)]).TrimEnd('\r');
            _live.Publish(RunEventKind.StepLine, _clock.GetUtcNow(), happened => happened with { Step = _step, Text = text });
        }
    }

    public void Metric(string name, double value, long step = 0)
    {
        var at = _clock.GetUtcNow();
        var metric = new ReportedMetric(name, value, step, at);
        lock (_gate)
        {
            _metrics.Add(metric);
        }

        _live.Publish(RunEventKind.StepMetric, at, happened => happened with { Step = _step, Text = name, Value = value, Iteration = step });
        _recorder.Add(RunReport.Empty with { Metrics = [metric] });
    }

    public void Parameter(string name, string value)
    {
        lock (_gate)
        {
            _report = _report with { Parameters = _report.Parameters.SetItem(name, value) };
        }

        _recorder.Add(RunReport.Empty with { Parameters = RunReport.Empty.Parameters.SetItem(name, value) });
    }

    public void Tag(string name, string value)
    {
        lock (_gate)
        {
            _report = _report with { Tags = _report.Tags.SetItem(name, value) };
        }

        _recorder.Add(RunReport.Empty with { Tags = RunReport.Empty.Tags.SetItem(name, value) });
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();
}
