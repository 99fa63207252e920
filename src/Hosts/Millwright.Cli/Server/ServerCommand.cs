using System.CommandLine;
using System.Net;
using Millwright.Abstractions.Results;
using Millwright.Cli.Commands;
using Millwright.Client;
using Millwright.Client.Server;
using Millwright.Server.Hosting;
using Millwright.Server.Project;

namespace Millwright.Cli.Server;

/// <summary><c>mw server</c>.</summary>
internal static class ServerCommand
{
    public static Command Build(CliContext cli)
    {
        var port = new Option<int>("--port", "-p") { Description = "TCP port (default 5050; 0 = any free one).", DefaultValueFactory = _ => 5050, HelpName = "N" };
        var listen = new Option<string>("--listen") { Description = "Address (default 127.0.0.1); any other needs MILLWRIGHT_TOKENS.", DefaultValueFactory = _ => "127.0.0.1", HelpName = "ADDRESS" };
        return new CliCommand("server", "Serve the project in the current folder: API, pages, schedules, monitors.", "mw server", "mw server --port 0", "MILLWRIGHT_TOKENS=alice=SECRET mw server --listen 0.0.0.0")
        {
            port, listen,
        }.OnRun(cli, async (args, ct) =>
        {
            if (!ProjectFolder.Find(cli.Folder).TryGet(out var project, out var problem))
            {
                return cli.Fail(problem);
            }

            if (!IPAddress.TryParse(args.GetValue(listen), out var address))
            {
                return cli.Fail(new Problem("server.address", $"'{args.GetValue(listen)}' is not an IP address.", "Use 127.0.0.1, ::1 or 0.0.0.0."));
            }

            var options = new ListenOptions { Port = args.GetValue(port), Address = address, Tokens = Tokens(), LogToStandardError = true };
            if (!(await ServerHost.StartAsync(project, options, cli.Clock, ct)).TryGet(out var host, out problem))
            {
                return cli.Fail(problem.Code is "project.held" ? await WithHolderAsync(cli, problem, ct) : problem);
            }

            await using (host)
            {
                cli.Screen.Line($"Millwright {ServerHost.Version} serves {project.Root} at {host.Url} (Ctrl-C stops it)");
                await host.RunAsync(ct);
            }

            return ExitCode.Done;
        });
    }

    // Names the process that serves the project, when it answers.
    private static async Task<Problem> WithHolderAsync(CliContext cli, Problem held, CancellationToken ct)
    {
        try
        {
            var holder = await cli.Connect().InfoAsync(ct);
            return holder.Pid == Environment.ProcessId
                ? held
                : held with { Fix = $"Process {holder.Pid} serves it{(holder.Url is null ? "" : $" at {holder.Url}")}: use that one, or stop it first ('kill {holder.Pid}')." };
        }
        catch (MillwrightException)
        {
            return held;
        }
    }

    private static Dictionary<string, string> Tokens() =>
        (Environment.GetEnvironmentVariable("MILLWRIGHT_TOKENS") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair is [{ Length: > 0 }, { Length: > 0 }])
            .ToDictionary(pair => pair[1], pair => pair[0]);
}
