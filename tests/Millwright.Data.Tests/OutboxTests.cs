using Millwright.Data.Outbox;

namespace Millwright.Data.Tests;

public sealed class OutboxTests
{
    [Fact]
    public async Task Add_InAProject_LeavesAnEventThatIsTakenUntilForgotten()
    {
        using var folder = await DataFolder.CreateAsync();
        Directory.CreateDirectory(folder.At(".millwright"));
        folder.Write("x", "hello");
        await folder.AddAsync("x");
        await folder.PushAsync();

        var first = await DataOutbox.TakeAsync(folder.Root, TimeProvider.System, default);
        var again = await DataOutbox.TakeAsync(folder.Root, TimeProvider.System, default);
        DataOutbox.Forget(folder.Root);

        first.Select(e => $"{e.Draft.Kind} {e.Draft.Subject}").ShouldBe(
            ["data.added data:md5:5d41402abc4b2a76b9719d911017c592", "data.pushed data:md5:5d41402abc4b2a76b9719d911017c592"]);
        again.Select(e => e.Id).ShouldBe(first.Select(e => e.Id));
        (await DataOutbox.TakeAsync(folder.Root, TimeProvider.System, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Take_LineCutOffByACrash_IsNoEventAndSpoilsNoOther()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write(".millwright/outbox.jsonl", "{\"id\": \"1\", \"ki");
        folder.Write("x", "hello");
        await folder.AddAsync("x");

        (await DataOutbox.TakeAsync(folder.Root, TimeProvider.System, default)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Add_SaidAgain_IsTheSameEventUntilTheContentChanges()
    {
        using var folder = await DataFolder.CreateAsync();
        Directory.CreateDirectory(folder.At(".millwright"));
        folder.Write("a.txt", "one");
        await folder.AddAsync("a.txt");
        await folder.AddAsync("a.txt");
        folder.Write("a.txt", "two");
        await folder.AddAsync("a.txt");

        var taken = await DataOutbox.TakeAsync(folder.Root, TimeProvider.System, default);
        taken.Length.ShouldBe(3);
        taken[1].Id.ShouldBe(taken[0].Id);
        taken[2].Id.ShouldNotBe(taken[0].Id);
    }

    [Fact]
    public async Task Add_OutsideAProject_WritesNoOutbox()
    {
        using var folder = await DataFolder.CreateAsync();
        folder.Write("x", "hello");
        await folder.AddAsync("x");

        Directory.Exists(folder.At(".millwright")).ShouldBeFalse();
    }
}
