using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Demo;

/// <summary>Live requests against the served model, and the labels that arrive for them later.</summary>
internal sealed class Traffic(Uri server, Customers customers)
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    /// <summary>Ids of everything answered so far, with the truth that will become known.</summary>
    public List<(string Id, int Label)> Answered { get; } = [];

    /// <summary>Versions that answered, with how often.</summary>
    public SortedDictionary<string, int> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>Sends rows by the Open Inference Protocol, some rows a request.</summary>
    public async Task InferAsync(IReadOnlyList<string[]> rows, int batch = 5)
    {
        foreach (var some in rows.Chunk(batch))
        {
            var answer = await PostAsync("/v2/models/churn/infer", customers.ToInference(some));
            Remember(some, answer.GetProperty("parameters").GetProperty("prediction_ids"), answer.GetProperty("model_version").GetString()!);
        }
    }

    /// <summary>Sends rows by MLflow's scoring protocol.</summary>
    public async Task<JsonElement> InvokeAsync(IReadOnlyList<string[]> rows) => await PostAsync("/models/churn/invocations", customers.ToRecords(rows));

    /// <summary>Tells what became of the customers.</summary>
    public async Task LabelAsync(IReadOnlyList<(string Id, int Label)> known)
    {
        var body = new JsonObject { ["labels"] = new JsonArray([.. known.Select(label => (JsonNode)new JsonObject { ["prediction"] = label.Id, ["label"] = label.Label })]) };
        await PostAsync("/api/labels", body);
    }

    private async Task<JsonElement> PostAsync(string path, JsonObject body)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Check.That(response.IsSuccessStatusCode, $"POST {path} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private void Remember(IReadOnlyList<string[]> rows, JsonElement ids, string version)
    {
        var index = 0;
        var each = ids.ValueKind is JsonValueKind.Array ? ids.EnumerateArray().Select(id => id.GetString()!) : ids.GetString()!.Split(',');
        foreach (var id in each)
        {
            Answered.Add((id, customers.Label(rows[index++])));
        }

        Versions[version] = Versions.GetValueOrDefault(version) + rows.Count;
    }
}
