using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millwright.Contracts.Tracking;

/// <summary>An experiment.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name.</param>
/// <param name="Created">UTC.</param>
/// <param name="Tags">Key → value.</param>
public sealed record ExperimentDto(string Id, string Name, DateTimeOffset Created, IReadOnlyDictionary<string, string> Tags);

/// <summary>Experiments.</summary>
/// <param name="Experiments">Newest first.</param>
public sealed record ExperimentListDto(IReadOnlyList<ExperimentDto> Experiments);

/// <summary>A run with everything that was logged.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name.</param>
/// <param name="Experiment">Name of its experiment.</param>
/// <param name="Kind">Who logs it: <c>pipeline</c> or <c>client</c>.</param>
/// <param name="Status"><c>running</c>, <c>scheduled</c>, <c>finished</c>, <c>failed</c> or <c>killed</c>.</param>
/// <param name="User">Who runs it; may be empty.</param>
/// <param name="Start">UTC, or null.</param>
/// <param name="End">UTC, or null.</param>
/// <param name="Metrics">Latest values; null where one is no number.</param>
/// <param name="Parameters">Key → value.</param>
/// <param name="Tags">Key → value.</param>
public sealed record TrackedRunDto(
    string Id, string Name, string Experiment, string Kind, string Status, string User, DateTimeOffset? Start, DateTimeOffset? End,
    IReadOnlyDictionary<string, double?> Metrics, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Tags);

/// <summary>A page of runs.</summary>
/// <param name="Runs">In the asked order.</param>
/// <param name="Next">Token of the next page, or null at the end.</param>
public sealed record TrackedRunListDto(IReadOnlyList<TrackedRunDto> Runs, string? Next);

/// <summary>One line of a comparison.</summary>
/// <param name="Kind"><c>metric</c>, <c>parameter</c> or <c>tag</c>.</param>
/// <param name="Key">Key.</param>
/// <param name="Values">A value per run, null where it is missing.</param>
/// <param name="Differs">Whether the runs do not all have the same.</param>
public sealed record ComparedKeyDto(string Kind, string Key, IReadOnlyList<string?> Values, bool Differs);

/// <summary>Runs side by side.</summary>
/// <param name="Runs">Ids, in the asked order.</param>
/// <param name="Names">Their names.</param>
/// <param name="Keys">Metrics, then parameters, then tags.</param>
public sealed record RunComparisonDto(IReadOnlyList<string> Runs, IReadOnlyList<string> Names, IReadOnlyList<ComparedKeyDto> Keys);

/// <summary>One point of a metric.</summary>
/// <param name="Step">Iteration.</param>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="Value">Value; null when it is no number.</param>
public sealed record MetricPointDto(long Step, long At, double? Value);

/// <summary>How a metric went.</summary>
/// <param name="Run">Run.</param>
/// <param name="Metric">Metric.</param>
/// <param name="Points">By step; long histories are sampled at even distances.</param>
public sealed record MetricHistoryDto(string Run, string Metric, IReadOnlyList<MetricPointDto> Points);

/// <summary>A file or folder of a run's artifacts.</summary>
/// <param name="Path">Below the run's artifacts.</param>
/// <param name="Name">The last part of the path.</param>
/// <param name="Bytes">Length of a file; null for a folder.</param>
public sealed record ArtifactDto(string Path, string Name, long? Bytes);

/// <summary>A folder of a run's artifacts.</summary>
/// <param name="Run">The run.</param>
/// <param name="Folder">Below the run's artifacts; empty for all of them.</param>
/// <param name="Entries">By name.</param>
public sealed record ArtifactListDto(string Run, string Folder, IReadOnlyList<ArtifactDto> Entries);

/// <summary>Which runs; what is null does not matter.</summary>
/// <param name="Experiment">Name or id.</param>
/// <param name="Filter">In MLflow's filter language.</param>
/// <param name="OrderBy">Keys in MLflow's language, separated by commas; else the newest come first.</param>
/// <param name="Kind"><c>pipeline</c> or <c>client</c>.</param>
/// <param name="Token">Of the page before.</param>
public sealed record TrackedRunQuery(string? Experiment = null, string? Filter = null, string? OrderBy = null, string? Kind = null, string? Token = null);

/// <summary>Serialisation of tracking's records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ExperimentListDto))]
[JsonSerializable(typeof(TrackedRunDto))]
[JsonSerializable(typeof(TrackedRunListDto))]
[JsonSerializable(typeof(RunComparisonDto))]
[JsonSerializable(typeof(MetricHistoryDto))]
[JsonSerializable(typeof(ArtifactListDto))]
public sealed partial class TrackingJson : JsonSerializerContext;
