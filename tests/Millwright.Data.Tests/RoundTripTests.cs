using System.Runtime.Versioning;
using FsCheck;
using FsCheck.Fluent;

namespace Millwright.Data.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class RoundTripTests
{
    [Fact]
    public async Task Add_DeletedAndCheckedOut_GivesIdenticalBytesAndExecBit()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write("run.sh", "#!/bin/sh\r\necho hi\r\n");
        File.SetUnixFileMode(folder.At("run.sh"), (UnixFileMode)0b111_101_101);
        folder.Write("data/ü/～.txt", "one");
        folder.Write("data/😀.txt", "");
        folder.Write("data/big.bin", [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 7))]);
        var before = Contents(folder.Root);
        (await folder.AddAsync("run.sh", "data")).Problem.ShouldBeNull();

        File.Delete(folder.At("run.sh"));
        Directory.Delete(folder.At("data"), recursive: true);
        (folder.Changes()).ShouldBe(["Deleted data", "Deleted run.sh"]);
        var made = (await folder.CheckoutAsync()).Value;

        made.FilesAdded.ShouldBe(4);
        Contents(folder.Root).ShouldBe(before);
        File.GetUnixFileMode(folder.At("run.sh")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
        (folder.Changes()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_CacheWipedAndPulled_GivesIdenticalBytes()
    {
        using var folder = await DataFolder.CreateAsync();
        for (var i = 0; i < 100; i++)
        {
            folder.Write($"data/{i % 7}/{i}.txt", $"file {i % 50}");
        }

        var before = Contents(folder.Root);
        (await folder.AddAsync("data")).Problem.ShouldBeNull();
        (await folder.PushAsync()).Value.Files.ShouldBe(51);
        (await folder.PushAsync()).Value.Files.ShouldBe(0);

        folder.WipeCache();
        Directory.Delete(folder.At("data"), recursive: true);
        var pulled = (await folder.PullAsync()).Value;

        pulled.Fetched.Files.ShouldBe(51);
        Contents(folder.Root).ShouldBe(before);
        (folder.Changes()).ShouldBeEmpty();
    }

    [Fact]
    public void Add_AnyTreeOfBytes_ComesBackIdentical() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[][]>().Filter(files => files is not null && files.All(f => f is not null)),
        files => RoundTripAsync(files).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    private static async Task<bool> RoundTripAsync(byte[][] files)
    {
        using var folder = await DataFolder.CreateAsync();
        Directory.CreateDirectory(folder.At("data"));
        for (var i = 0; i < files.Length; i++)
        {
            folder.Write($"data/{i % 3}/{i}", files[i]);
        }

        var before = Contents(folder.Root);
        (await folder.AddAsync("data")).Problem.ShouldBeNull();
        Directory.Delete(folder.At("data"), recursive: true);
        (await folder.CheckoutAsync()).Problem.ShouldBeNull();
        return Contents(folder.Root).SequenceEqual(before);
    }

    private static string[] Contents(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/.dvc", StringComparison.Ordinal) && !path.EndsWith(".dvc", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetRelativePath(root, path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}"),
    ];
}
