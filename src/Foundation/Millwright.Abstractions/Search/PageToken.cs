using System.Text;
using System.Text.Json;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Search;

/// <summary>Where the next page of a search begins: Base64 of <c>{"offset": N}</c>. Filter and order are the caller's to repeat.</summary>
public static class PageToken
{
    /// <summary>The token of an offset.</summary>
    public static string Write(long offset) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{{\"offset\": {offset}}}"));

    /// <summary>The offset of a token; none or an empty one means the beginning.</summary>
    public static Result<int> Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return 0;
        }

        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(token));
            if (json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty("offset", out var offset)
                && offset.ValueKind is JsonValueKind.Number && offset.TryGetInt32(out var value) && value >= 0)
            {
                return value;
            }
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            // Falls through to the one answer for everything that is no token of ours.
        }

        return new Problem("search.token", $"Invalid page token '{token}'.", "Pass the next_page_token of the page before, unchanged.");
    }
}
