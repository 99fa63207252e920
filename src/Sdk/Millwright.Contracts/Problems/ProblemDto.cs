using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millwright.Contracts.Problems;

/// <summary>An error as <c>application/problem+json</c> (RFC 9457), with what to do about it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What is wrong, in one sentence.</param>
/// <param name="Code">Stable, dotted.</param>
/// <param name="Fix">What to do, in one sentence.</param>
/// <param name="Details">Every single cause, one line each.</param>
public sealed record ProblemDto(int Status, string Title, string Code, string Fix, IReadOnlyList<string> Details);

/// <summary>Serialisation of problems.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProblemDto))]
public sealed partial class ProblemJson : JsonSerializerContext;
