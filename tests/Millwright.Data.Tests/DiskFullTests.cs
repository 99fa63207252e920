using System.Diagnostics;
using System.Runtime.Versioning;

namespace Millwright.Data.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class DiskFullTests
{
    [Fact]
    public async Task Add_DiskFull_IsAProblemAndLeavesNoHalfFile()
    {
        using var folder = await DataFolder.CreateAsync();
        var cache = folder.At(".dvc/cache");
        Directory.CreateDirectory(cache);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", cache), "needs the right to mount a tmpfs");
        try
        {
            folder.Write("big", new byte[4_000_000]);

            var failed = await folder.AddAsync("big");

            failed.Problem!.Code.ShouldBe("data.disk-full");
            File.Exists(folder.At("big.dvc")).ShouldBeFalse();
            Directory.EnumerateFileSystemEntries(cache).ShouldBeEmpty();
            folder.Write("small", "fits");
            (await folder.AddAsync("small")).IsOk.ShouldBeTrue();
        }
        finally
        {
            await RunAsync("umount", cache);
        }
    }

    private static async Task<bool> RunAsync(string command, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(command) { UseShellExecute = false, RedirectStandardError = true };
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
