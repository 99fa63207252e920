using Millwright.Cli.Completion;
using Millwright.Cli.Data;
using Millwright.Cli.Delivery;
using Millwright.Cli.Doctor;
using Millwright.Cli.Ledger;
using Millwright.Cli.Monitoring;
using Millwright.Cli.Pipelines;
using Millwright.Cli.Project;
using Millwright.Cli.Registry;
using Millwright.Cli.Server;
using Millwright.Cli.Tracking;
using Millwright.Cli.Validation;

namespace Millwright.Cli.Commands;

/// <summary>The table of contents of the command line.</summary>
internal static class Nouns
{
    private const string Start = "Start";
    private const string Work = "Work";
    private const string Governance = "Govern";
    private const string Operation = "Operate";

    public static IReadOnlyList<Noun> All { get; } =
    [
        new("init", "Make the current folder a project", Start, InitCommand.Build),
        new("data", "Version data with DVC's verbs, options and files", Work, DataCommand.Build) { Raw = DataCommand.RunAsync },
        new("validate", "Validate tables against a suite of expectations", Work, ValidateCommand.Build),
        new("run", "Run a pipeline", Work, RunCommand.Build),
        new("pipeline", "List, check and draw pipelines", Work, PipelineCommands.Build),
        new("logs", "Follow a run or read what a step printed", Work, LogsCommand.Build),
        new("cancel", "Cancel a run", Work, CancelCommand.Build),
        new("schedule", "Say when a cron expression fires", Work, ScheduleCommands.Build),
        new("runs", "List, show and compare tracked runs", Work, RunsCommands.Build),
        new("model", "Versions, approvals, promotion", Governance, ModelCommands.Build),
        new("deploy", "Roll out a model version, step by step", Operation, DeployCommand.Build),
        new("deployment", "Show rollouts, take them back or stop them", Operation, DeploymentCommands.Build),
        new("monitor", "Watch served models: drift and live performance", Operation, MonitorCommands.Build),
        new("alert", "List alerts, look after them, silence them", Operation, AlertCommands.Build),
        new("drift", "Compare two tables, column by column", Work, DriftCommand.Build),
        new("ledger", "Search and verify the audit trail", Governance, LedgerCommands.Build),
        new("trace", "Follow lineage from anything to anything", Governance, TraceCommand.Build),
        new("server", "Serve the project: API, pages, schedules", Operation, ServerCommand.Build),
        new("doctor", "Check this machine and project", Operation, DoctorCommand.Build),
        new("completion", "Print a shell completion script", Operation, CompletionCommand.Build),
    ];
}
