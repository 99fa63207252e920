using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Delivery;
using Millwright.Delivery.Judge;

namespace Millwright.Relational.Delivery;

/// <summary>Plans and verdicts as JSON columns.</summary>
internal static class DeploymentText
{
    public static string Write(RolloutPlan plan) => JsonSerializer.Serialize(plan, DeploymentJson.Default.RolloutPlan);

    public static RolloutPlan ReadPlan(string text) => JsonSerializer.Deserialize(text, DeploymentJson.Default.RolloutPlan)!;

    public static string Write(CanaryVerdict verdict) => JsonSerializer.Serialize(verdict, DeploymentJson.Default.CanaryVerdict);

    public static CanaryVerdict ReadVerdict(string text) => JsonSerializer.Deserialize(text, DeploymentJson.Default.CanaryVerdict)!;
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RolloutPlan))]
[JsonSerializable(typeof(CanaryVerdict))]
internal sealed partial class DeploymentJson : JsonSerializerContext;
