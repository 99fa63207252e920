using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millwright.Contracts.Server;

/// <summary>A running server.</summary>
/// <param name="Version">Millwright's version.</param>
/// <param name="Project">The project's folder.</param>
/// <param name="Pid">Process id.</param>
/// <param name="Url">Where its pages are, or null when it only answers on its socket.</param>
/// <param name="Started">When, UTC.</param>
public sealed record ServerInfoDto(string Version, string Project, int Pid, string? Url, DateTimeOffset Started);

/// <summary>Serialisation of the server's records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ServerInfoDto))]
[JsonSerializable(typeof(object))]
public sealed partial class ServerJson : JsonSerializerContext;
