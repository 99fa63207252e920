using System.Diagnostics;
using Millwright.Testing;

namespace Millwright.Architecture.Tests;

public sealed class ArrowTests
{
    [Fact]
    public void EveryArrow_PointsDown() => House.Read(Golden.Repository).WrongArrows().ShouldBeEmpty();

    [Fact]
    public void House_HasItsStoreys()
    {
        var house = House.Read(Golden.Repository);
        house.Rooms.Count.ShouldBeGreaterThan(15);
        house.Rooms.Select(room => room.Storey).Distinct().ShouldBe(["Foundation", "Capabilities", "Providers", "Sdk", "Hosts"], ignoreOrder: true);
    }

    [Fact]
    public void PlantedSibling_IsFoundByTheTest()
    {
        using var planted = Plant();
        House.Read(planted.Path).WrongArrows().ShouldBe(["Millwright.Data -> Millwright.Registry"]);
    }

    [Fact]
    public async Task PlantedSibling_FailsTheBuild()
    {
        using var planted = Plant();
        var build = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", planted["src/Capabilities/Millwright.Data/Millwright.Data.csproj"], "-t:CheckArrows", "-nologo"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        build.ExitCode.ShouldNotBe(0);
        output.ShouldContain("MW0001");
        output.ShouldContain("Millwright.Registry (Capabilities)");
    }

    [Fact]
    public void Capabilities_StateTheirRegistration()
    {
        foreach (var room in House.Read(Golden.Repository).Rooms.Where(room => room.Storey is "Capabilities"))
        {
            var module = Path.Combine(room.Folder, $"{room.Short}Module.cs");
            File.Exists(module).ShouldBeTrue($"{module} is missing");
            File.ReadAllText(module).ShouldContain($"public static IServiceCollection Add{room.Short}(");
        }
    }

    [Fact]
    public void Diagram_IsCurrent()
    {
        var path = Path.Combine(Golden.Repository, "docs", "architecture.md");
        var (now, fresh) = (File.ReadAllText(path), House.Read(Golden.Repository).Refresh(File.ReadAllText(path)));
        if (Environment.GetEnvironmentVariable("MILLWRIGHT_REFRESH") is { Length: > 0 })
        {
            File.WriteAllText(path, fresh);
            return;
        }

        now.ShouldBe(fresh, "docs/architecture.md is stale: run MILLWRIGHT_REFRESH=1 ./test Diagram_IsCurrent");
    }

    [Fact]
    public void StaleDiagram_IsNoticed()
    {
        var document = "# x\n<!-- diagram:begin -->\nold\n<!-- diagram:end -->\n";
        House.Read(Golden.Repository).Refresh(document).ShouldNotBe(document);
    }

    private static ScratchFolder Plant()
    {
        var folder = new ScratchFolder();
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", .. Directory.GetFiles(Path.Combine(Golden.Repository, "eng"), "*.targets").Select(path => Path.GetRelativePath(Golden.Repository, path))])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
            File.Copy(Path.Combine(Golden.Repository, file), folder[file]);
        }

        Write("Foundation", "Abstractions");
        Write("Capabilities", "Registry", "../../Foundation/Millwright.Abstractions/Millwright.Abstractions.csproj");
        Write("Capabilities", "Data", "../../Foundation/Millwright.Abstractions/Millwright.Abstractions.csproj", "../Millwright.Registry/Millwright.Registry.csproj");
        return folder;

        void Write(string storey, string room, params string[] references)
        {
            var path = folder[$"src/{storey}/Millwright.{room}/Millwright.{room}.csproj"];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, $"""
                <Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{string.Concat(references.Select(reference => $"<ProjectReference Include=\"{reference}\" />"))}</ItemGroup></Project>
                """);
        }
    }
}
