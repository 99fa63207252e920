using System.CommandLine;
using System.Text.Json.Serialization;
using Millwright.Cli.Commands;
using Millwright.Server.Project;

namespace Millwright.Cli.Project;

/// <summary><c>mw init</c>.</summary>
internal static class InitCommand
{
    public static Command Build(CliContext cli)
    {
        var withoutGit = new Option<bool>("--no-scm") { Description = "Do without Git." };
        return new CliCommand("init", "Make the current folder a project. Running it again changes nothing.", "git init && mw init", "mw init --no-scm")
        {
            withoutGit,
        }.OnRun(cli, async (args, ct) => (await InitProject.RunAsync(cli.Folder, args.GetValue(withoutGit), ct)).TryGet(out var project, out var problem)
            ? cli.Show(project, InitJson.Default.InitializedProject, made => Render(cli, made))
            : cli.Fail(problem));
    }

    private static void Render(CliContext cli, InitializedProject project)
    {
        if (project.Made.Count == 0)
        {
            cli.Screen.Line($"{project.Folder} is a project already");
            return;
        }

        cli.Screen.Line($"{project.Folder} is a project now: {string.Join(", ", project.Made)}");
        cli.Screen.Note(project.UsesGit
            ? "next: git commit, then 'mw data add FILE' or 'mw run PIPELINE'"
            : "next: 'mw data add FILE' or 'mw run PIPELINE' (without Git there are no commits in the lineage)");
    }
}

/// <summary>Serialisation of the outcome.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(InitializedProject))]
internal sealed partial class InitJson : JsonSerializerContext;
