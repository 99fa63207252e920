using FsCheck;
using FsCheck.Fluent;
using Millwright.Testing;

namespace Millwright.Yaml.Tests;

public sealed class YamlTextTests
{
    private const string Valid = """
        # a pipeline
        name: "p\u00e9"
        params: { rounds: 10, names: [a, 'b', "c"], nested: {x: [1, {y: 2}]} }
        steps:
          - &first
            name: a
            run: |
              echo [ {
            outputs: [out]
          - name: b   # [ not open
            needs: *other
            inputs: {x: a.out}
        """;

    [Theory]
    [InlineData("a: 1\ndeps: [a, b\n", 2, "the list that opens here is not closed")]
    [InlineData("deps: [a, b", 1, "the list that opens here is not closed")]
    [InlineData("a: 1\nb: {x: [1, 2], y: 3\n# the end\n", 2, "the map that opens here is not closed")]
    [InlineData("outs:\n- md5: [\n  path: data.csv\n", 2, "the list that opens here is not closed")]
    [InlineData("a: [\n1,\n[2,\n", 1, "the list that opens here is not closed")]
    [InlineData("a: [1, 2\nb:\n- 3\n", 1, "the list that opens here is not closed")]
    [InlineData("a: [1,\n\"\\q\"]\nb: 3\n", 2, "the list that opens in line 1 is not closed before")]
    [InlineData("a: {b: [1 }\n", 1, "list")]
    [InlineData("a: 'one\nb: 2\n", 1, "quoted scalar")]
    [InlineData("a: 1\nb: 2\na: 3\n", 3, "Duplicate key a")]
    [InlineData("a: 1\nb: *none\n", 2, "none")]
    [InlineData("a: 1\n\tb: 2\n", 2, "tab")]
    [InlineData("a:\n  x: 1\n\tb: 2\n", 3, "tab")]
    [InlineData("a:\n\tb: 2\n", 2, "tab")]
    [InlineData("a: 1\nb: \0\n", 2, "UTF-8")]
    [InlineData("a: 1\nb: &x\n  - *x\n", 3, "the alias '*x' stands inside of what it repeats")]
    public void Broken_NamesItsLine(string text, int line, string words)
    {
        YamlText.Read(text, out var fault).ShouldBeNull();
        fault.ShouldNotBeNull();
        fault.Message.ShouldContain(words);
        fault.Line.ShouldBe(line, fault.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    public void Empty_IsNoFault(string text)
    {
        YamlText.Read(text, out var fault).ShouldBeNull();
        fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    public void DeepNesting_IsRefusedInsteadOfOverflowingTheStack(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 200_000)) + "x" + string.Concat(Enumerable.Repeat(close, 200_000));
        YamlText.Read(text, out var fault).ShouldBeNull();
        fault!.Message.ShouldContain("nested deeper than 100");
    }

    [Fact]
    public void MultiplyingAliases_AreRefused()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        YamlText.Read(text, out var fault).ShouldBeNull();
        fault!.Message.ShouldContain("values, aliases written out");
    }

    [Fact]
    public void Corrupted_IsADocumentOrAFaultWithItsLine()
    {
        foreach (var text in Corruptions.Of(Valid, "[]{}:,-?&*!|>'\"%@`#\t\n \\\0\uFFFEx"))
        {
            ShouldBeReadOrExplained(text);
        }
    }

    [Fact]
    public void AnyText_IsADocumentOrAFaultWithItsLine() =>
        Prop.ForAll(Gen.Elements("[", "]", "{", "}", ": ", ", ", "- ", "? ", "&a ", "*a", "!t ", "|\n", ">-\n", "'", "\"", "%YAML", "---\n", "...\n", "#", "\t", "\n", "\n  ", "x", "é", "\\", "<<").ArrayOf().Select(string.Concat).ToArbitrary(), ShouldBeReadOrExplained)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static void ShouldBeReadOrExplained(string text)
    {
        var root = YamlText.Read(text, out var fault);
        if (fault is not null)
        {
            root.ShouldBeNull();
            fault.Line.ShouldBeInRange(1, text.Count(c => c == '\n') + 1, text);
            fault.Message.ShouldNotBeNullOrWhiteSpace();
        }
    }
}
