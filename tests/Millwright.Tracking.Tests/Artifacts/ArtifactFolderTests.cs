using System.Text;
using Millwright.Abstractions.Content;
using Millwright.Tracking.Artifacts;

namespace Millwright.Tracking.Tests.Artifacts;

public sealed class ArtifactFolderTests
{
    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../b")]
    [InlineData("%2e%2e/x")]
    [InlineData("..%2Fx")]
    [InlineData("%252e%252e%252fx")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\x")]
    [InlineData("file:///etc")]
    [InlineData("a#b")]
    [InlineData("a\0b")]
    public void Path_ThatLeadsOut_IsRefused(string path) => ArtifactPath.Parse(path).Problem.ShouldNotBeNull().Code.ShouldBe("artifact.path");

    [Fact]
    public async Task File_Written_IsListedReadReplacedAndDeleted()
    {
        await using var tracking = new OpenTracking();
        var folder = tracking.Get<ArtifactFolder>();
        var path = ArtifactPath.Parse("1/run/artifacts/dir one/ж.txt").Value;
        (await folder.WriteAsync(path, Text("one"), default)).IsOk.ShouldBeTrue();
        (await folder.WriteAsync(path, Text("two!"), default)).IsOk.ShouldBeTrue();
        (await folder.ListAsync(ArtifactPath.Parse("1/run/artifacts/dir one").Value, default)).ShouldBe([new ArtifactEntry("ж.txt", 4)]);
        (await ReadAsync(folder, path)).ShouldBe("two!");
        folder.Delete(ArtifactPath.Parse("1/run").Value).IsOk.ShouldBeTrue();
        (await folder.OpenAsync(path, default)).Problem.ShouldNotBeNull().Code.ShouldBe("artifact.unknown");
    }

    [Fact]
    public async Task StoredContent_IsReadableUnderItsDigest_AndCannotBeWritten()
    {
        await using var tracking = new OpenTracking();
        var source = Directory.CreateDirectory(Path.Combine(tracking.Folder, "model")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "model.json"), "{}");
        var digest = await tracking.Get<IContentStore>().PutAsync(source, default);
        var folder = tracking.Get<ArtifactFolder>();
        var root = ArtifactPath.Parse(ArtifactFolder.PathOf(ContentUri.Of(digest))).Value;
        (await folder.ListAsync(root, default)).ShouldBe([new ArtifactEntry("model.json", 2)]);
        (await ReadAsync(folder, root.Child("model.json"))).ShouldBe("{}");
        (await folder.WriteAsync(root.Child("more"), Text("x"), default)).Problem.ShouldNotBeNull();
        folder.Delete(root).Problem.ShouldNotBeNull();
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(ArtifactFolder folder, ArtifactPath path)
    {
        await using var stream = (await folder.OpenAsync(path, default)).Value;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
