using FsCheck;
using FsCheck.Fluent;
using Millwright.Data.Formats;
using Millwright.Testing;

namespace Millwright.Data.Tests;

public sealed class FormatTests
{
    private const string HandWritten = """
        # a comment to keep
        outs:
        - md5: 0a1b2c3d4e5f60718293a4b5c6d7e8f9  # old
          size: 1
          hash: md5
          path: doc.txt
          desc: my doc
          meta:
            k: v
        meta:
          owner: me

        """;

    [Fact]
    public void DvcFile_NewVersion_KeepsCommentsOrderAndForeignKeys()
    {
        var file = DvcFile.Parse(HandWritten, "doc.txt.dvc").Value;

        var edited = file.With(file.Outs[0] with { Md5 = "49995c85be6f95a1dbef19aafa8f1f53", Size = 4, IsExecutable = true });

        edited.Text.ShouldBe(HandWritten
            .Replace("0a1b2c3d4e5f60718293a4b5c6d7e8f9", "49995c85be6f95a1dbef19aafa8f1f53", StringComparison.Ordinal)
            .Replace("size: 1", "size: 4", StringComparison.Ordinal)
            .Replace("    k: v\n", "    k: v\n  isexec: true\n", StringComparison.Ordinal));
    }

    [Fact]
    public void DvcFile_Broken_NamesEveryKeyWithItsLine()
    {
        var problem = DvcFile.Parse("outs:\n- md5: abc\n  size: notint\n  bogus: 1\n  path: x\n", "./x.dvc").Problem!;

        problem.Details.Select(d => d.ToString()).ShouldBe(["./x.dvc:3: outs -> 0 -> size: expected int", "./x.dvc:4: outs -> 0 -> bogus: extra keys not allowed"]);
    }

    [Theory]
    [InlineData("outs:\n- md5: abc\n  path: x\ndeps: [a, b\n", 4)]
    [InlineData("outs:\n- md5: [\n  path: x\n", 2)]
    [InlineData("outs:\n- {md5: abc, path: x\n", 2)]
    [InlineData("outs:\n- path: 'x\n", 2)]
    public void DvcFile_NeverClosed_NamesTheLineInWhichItOpens(string text, int line) =>
        DvcFile.Parse(text, "./x.dvc").Problem!.Details.ShouldHaveSingleItem().Line.ShouldBe(line);

    [Fact]
    public void DvcFile_Corrupted_IsReadOrItsErrorsHaveLines()
    {
        foreach (var text in Corruptions.Of(HandWritten, "[]{}:-&*!|'\"\t\n\0"))
        {
            if (DvcFile.Parse(text, "./x.dvc").Problem is { } problem)
            {
                problem.Details.ShouldNotBeEmpty(text);
                problem.Details.ShouldAllBe(detail => detail.File == "./x.dvc" && detail.Line > 0, text);
            }
        }
    }

    [Fact]
    public void Config_Corrupted_IsReadOrTheErrorNamesTheLine()
    {
        foreach (var text in Corruptions.Of("# ours\n[core]\n    remote = store\n    autostage = true\n['remote \"store\"']\n    url = ../store\n", "[]='\"#\t\n\0"))
        {
            if (IniFile.Parse(text).Problem is { } problem)
            {
                problem.Message.ShouldMatch("line [0-9]+");
            }
        }
    }

    [Fact]
    public void YamlScalar_AnyString_ReadsBackAsTheSameString() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text => DvcFile.Parse("outs:\n" + YamlScalar.After("- path: ", Printable(text.Get) + "x") + "\n", "x").Value.Outs[0].Path == Printable(text.Get) + "x")
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("123", "'123'")]
    [InlineData("1e3", "'1e3'")]
    [InlineData("null", "'null'")]
    [InlineData("yes", "yes")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("it's", "it's")]
    [InlineData("'s", "'''s'")]
    [InlineData("-dash", "-dash")]
    [InlineData("2021-01-02", "'2021-01-02'")]
    [InlineData("a\nb", "\"a\\nb\"")]
    public void YamlScalar_Text_IsQuotedOnlyWhereItMustBe(string text, string written) => YamlScalar.Write(text).ShouldBe(written);

    [Fact]
    public void DirObject_Names_AreSortedByCodePointAndEscaped()
    {
        var listing = DirObject.Of([new("😀", new string('0', 32)), new("～", new string('1', 32)), new("a\"b", new string('2', 32))]);

        System.Text.Encoding.ASCII.GetString(listing.ToBytes()).ShouldBe(
            $$"""[{"md5": "{{new string('2', 32)}}", "relpath": "a\"b"}, {"md5": "{{new string('1', 32)}}", "relpath": "\uff5e"}, {"md5": "{{new string('0', 32)}}", "relpath": "\ud83d\ude00"}]""");
        DirObject.Parse(listing.ToBytes(), "x").Value.Entries.ShouldBe(listing.Entries);
    }

    [Fact]
    public void GitIgnoreFile_EntryAddedAndRemoved_LeavesTheRest()
    {
        var with = GitIgnoreFile.With("*.log", "[x]");

        with.ShouldBe("*.log\n/\\[x\\]\n");
        GitIgnoreFile.Without(with, "[x]").ShouldBe("*.log\n");
        GitIgnoreFile.Without("/a\n", "a").ShouldBe("");
    }

    // Lone surrogates are no text; carriage returns and the like are quoted, which the other cases cover.
    private static string Printable(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
