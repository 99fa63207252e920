using Millwright.Contracts.Server;

namespace Millwright.Client.Server;

/// <summary>Calls about the server itself.</summary>
public static class ServerCalls
{
    extension(MillwrightClient client)
    {
        /// <summary>What server this is.</summary>
        public Task<ServerInfoDto> InfoAsync(CancellationToken ct) => client.GetAsync("api/server", ServerJson.Default.ServerInfoDto, ct);
    }
}
