using System.Globalization;
using Millwright.Monitoring.Profile;

namespace Millwright.Monitoring.Tests.Profile;

public sealed class ProfileTableTests
{
    [Fact]
    public async Task Profile_Table_HasEveryColumnsShape()
    {
        await using var world = new World();
        await File.WriteAllTextAsync(
            world["t.csv"],
            "id,age,flag,city\n" + string.Concat(Enumerable.Range(0, 200).Select(row => $"c-{row:000},{(row % 10 == 0 ? "" : row)},{row % 2},{(row % 4 == 0 ? "Rome" : "Oslo")}\n")));
        var profile = (await world.Get<ProfileTable>().RunAsync(world["t.csv"], default)).Value;

        profile.Rows.ShouldBe(200);
        profile.Find("id")!.Kind.ShouldBe(ColumnKind.Other);
        var age = profile.Find("age")!;
        (age.Count, age.Missing, age.Numbers!.Min, age.Numbers.Max).ShouldBe((180, 20, 1, 199));
        age.Numbers.Mean.ShouldBe(Enumerable.Range(0, 200).Where(row => row % 10 != 0).Average(), 1e-9);
        age.Numbers.Counts.Sum().ShouldBe(180);
        age.Numbers.Counts.Max().ShouldBeLessThanOrEqualTo(6);
        profile.Find("flag")!.Numbers!.Counts.ShouldBe([100, 100]);
        profile.Find("city")!.Top.ShouldBe([new CategoryCount("Oslo", 150), new CategoryCount("Rome", 50)]);
        ProfileText.Read(ProfileText.Write(profile)).Value.Find("city")!.Top[0].Value.ShouldBe("Oslo");
        ProfileText.Write((await world.Get<ProfileTable>().RunAsync(world["t.csv"], default)).Value).ShouldBe(ProfileText.Write(profile));
    }

    [Fact]
    public async Task Merge_TwoHalves_IsTheWhole()
    {
        await using var world = new World();
        var rows = Enumerable.Range(0, 2_000).Select(row => $"{(row * 37 % 1_009).ToString(CultureInfo.InvariantCulture)},{(row % 3 == 0 ? "a" : "b")}\n").ToList();
        await WriteAsync(world["all.csv"], rows);
        await WriteAsync(world["one.csv"], rows.Take(800));
        await WriteAsync(world["two.csv"], rows.Skip(800));
        var profiler = world.Get<ProfileTable>();
        var whole = (await profiler.RunAsync(world["all.csv"], default)).Value;
        var merged = MergeProfiles.Run((await profiler.RunAsync(world["one.csv"], default)).Value, (await profiler.RunAsync(world["two.csv"], default)).Value);

        merged.Rows.ShouldBe(2_000);
        merged.Find("x")!.Numbers!.Mean.ShouldBe(whole.Find("x")!.Numbers!.Mean, 1e-9);
        merged.Find("x")!.Numbers!.Std.ShouldBe(whole.Find("x")!.Numbers!.Std, 1e-9);
        merged.Find("x")!.Numbers!.Counts.Sum().ShouldBe(2_000);
        merged.Find("y")!.Top.ShouldBe(whole.Find("y")!.Top);
    }

    [Theory]
    [InlineData("{}", "columns are missing")]
    [InlineData("{\"format\": \"millwright-profile/9\", \"rows\": 1, \"columns\": []}", "millwright-profile/9")]
    [InlineData("no json", "not a profile")]
    public void Read_NoProfile_SaysWhy(string text, string why) => ProfileText.Read(text).Problem!.Message.ShouldContain(why);

    private static Task WriteAsync(string path, IEnumerable<string> rows) => File.WriteAllTextAsync(path, "x,y\n" + string.Concat(rows));
}
