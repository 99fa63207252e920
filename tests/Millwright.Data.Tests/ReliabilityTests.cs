using System.Runtime.Versioning;
using Millwright.Data.Formats;
using Millwright.Data.Resolve;

namespace Millwright.Data.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class ReliabilityTests
{
    [Fact]
    public async Task Add_TwoAtOnce_BothAreWhole()
    {
        using var folder = await DataFolder.CreateAsync();
        for (var i = 0; i < 200; i++)
        {
            folder.Write($"a/{i}", $"shared {i}");
            folder.Write($"b/{i}", $"shared {i}");
        }

        var both = await Task.WhenAll(folder.AddAsync("a"), Task.Run(() => folder.AddAsync("b")));

        both.ShouldAllBe(result => result.IsOk);
        (folder.Changes()).ShouldBeEmpty();
        Directory.GetDirectories(folder.At(".dvc/cache"), ".*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_Cancelled_LeavesNoTrace()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write("data/x", "x");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            new Add.AddData(TimeProvider.System).RunAsync(folder.Open(), new(["data"]), null, stop.Token));

        File.Exists(folder.At("data.dvc")).ShouldBeFalse();
        (await folder.AddAsync("data")).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Add_StagingOfADeadProcess_IsRemoved()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write(".dvc/cache/.aaaaaaaaaaaaaaaaaaaaaa.tmp/lock", "");
        folder.Write(".dvc/cache/.aaaaaaaaaaaaaaaaaaaaaa.tmp/1", "half an obj");
        folder.Write("x", "x");

        (await folder.AddAsync("x")).IsOk.ShouldBeTrue();

        Directory.GetDirectories(folder.At(".dvc/cache"), ".*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_ObjectWithWrongBytes_IsNeverInstalled()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write("x", "right");
        var md5 = (await folder.AddAsync("x")).Value.Outs[0].Out.Md5!;
        await folder.PushAsync();
        folder.WipeCache();
        var there = Path.Combine(folder.Remote, "files/md5", md5[..2], md5[2..]);
        File.SetUnixFileMode(there, (UnixFileMode)0b110_100_100);
        File.WriteAllText(there, "wrong");
        File.SetUnixFileMode(there, (UnixFileMode)0b100_100_100);

        var fetched = (await folder.FetchAsync()).Value;

        fetched.Files.ShouldBe(0);
        fetched.Missing.ShouldBe([md5]);
    }

    [Fact]
    public async Task Checkout_ChangedFileThatIsNowhereElse_IsKept()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write("x", "v1");
        await folder.AddAsync("x");
        folder.Write("x", "precious");

        var refused = await folder.CheckoutAsync();

        refused.Problem!.Code.ShouldBe("data.unsaved");
        File.ReadAllText(folder.At("x")).ShouldBe("precious");
        (await folder.CheckoutAsync(force: true)).IsOk.ShouldBeTrue();
        File.ReadAllText(folder.At("x")).ShouldBe("v1");
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/evil")]
    [InlineData("a/../../evil")]
    [InlineData("")]
    public void DirObject_PathThatLeavesTheFolder_IsRefused(string path) =>
        DirObject.Parse(System.Text.Encoding.UTF8.GetBytes($$"""[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "{{path}}"}]"""), "x.dir")
            .Problem!.Code.ShouldBe("data.dir-corrupt");

    [Fact]
    public async Task Checkout_PointerOutsideTheRepository_IsRefused()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write("x.dvc", "outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  size: 0\n  hash: md5\n  path: ../evil\n");

        (await folder.CheckoutAsync()).Problem!.Code.ShouldBe("data.out-outside");
    }

    [Fact]
    public async Task Checkout_FolderReplacedByALink_WritesNothingThroughIt()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write("data/sub/x", "x");
        await folder.AddAsync("data");
        Directory.Delete(folder.At("data/sub"), recursive: true);
        Directory.CreateDirectory(folder.Remote);
        Directory.CreateSymbolicLink(folder.At("data/sub"), folder.Remote);

        (await folder.CheckoutAsync()).Problem.ShouldBeNull();

        Directory.GetFiles(folder.Remote).ShouldBeEmpty();
        File.ReadAllText(folder.At("data/sub/x")).ShouldBe("x");
    }

    [Fact]
    public async Task Resolve_TrackedFile_GivesItsDigestAndWhetherItIsCurrent()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write("x", "hello");
        await folder.AddAsync("x");

        var same = (await new ResolveData().RunAsync(folder.Open(), "x", default)).Value;
        folder.Write("x", "changed");
        var changed = (await new ResolveData().RunAsync(folder.Open(), "x", default)).Value;

        same.Digest.ToString().ShouldBe("md5:5d41402abc4b2a76b9719d911017c592");
        same.IsCurrent.ShouldBeTrue();
        changed.IsCurrent.ShouldBeFalse();
        (await new ResolveData().RunAsync(folder.Open(), "other", default)).Problem!.Code.ShouldBe("data.untracked");
    }
}
