using System.Diagnostics;

namespace Millwright.Cli.Tests.Data;

/// <summary>A data command that is killed at any point is completed by the same command.</summary>
public sealed class KilledAddTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(250)]
    public async Task Add_KilledOnTheWay_IsCompletedByTheSameCommand(int objectsBeforeTheKill)
    {
        var root = Directory.CreateTempSubdirectory("mw-killed").FullName;
        try
        {
            await EndAsync(Start(root, "init", "-q", "--no-scm"));
            Directory.CreateDirectory(Path.Combine(root, "data"));
            for (var i = 0; i < 300; i++)
            {
                File.WriteAllBytes(Path.Combine(root, "data", $"{i}"), [.. Enumerable.Range(0, 50_000).Select(b => (byte)(b * i))]);
            }

            var cache = Path.Combine(root, ".dvc/cache");
            using (var killed = Start(root, "add", "-q", "data"))
            {
                while (!killed.HasExited && Count(cache) < objectsBeforeTheKill)
                {
                    await Task.Yield();
                }

                killed.Kill();
                await killed.WaitForExitAsync();
            }

            (await EndAsync(Start(root, "add", "-q", "data"))).ShouldBe(0);
            (await EndAsync(Start(root, "status", "-q"))).ShouldBe(0);
            Directory.GetDirectories(cache, ".*.tmp").ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static int Count(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() : 0;
        }
        catch (IOException)
        {
            // A folder went while it was being counted.
            return 0;
        }
    }

    private static Process Start(string folder, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, UseShellExecute = false };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "mw.dll"), "data", .. words])
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }

    private static async Task<int> EndAsync(Process process)
    {
        using (process)
        {
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
