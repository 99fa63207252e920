using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Content;

namespace Millwright.LocalFiles;

/// <summary>Registers the content store in a local folder.</summary>
public static class LocalFilesModule
{
    /// <summary>Adds the content store and the file digests below a project's state folder.</summary>
    /// <param name="services">The container.</param>
    /// <param name="stateFolder">Absolute path of <c>.millwright</c>; created when first written to.</param>
    public static IServiceCollection AddLocalFiles(this IServiceCollection services, string stateFolder) => services
        .AddSingleton<IContentStore>(_ => new LocalContentStore(Path.Combine(stateFolder, "objects")))
        .AddSingleton<IFileDigests>(all => new FileDigests(Path.Combine(stateFolder, "index", "files"), all.GetRequiredService<TimeProvider>()));
}
