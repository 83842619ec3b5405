using System.Text.Json;

namespace Cartulary.Scenarios.Driving;

/// <summary>The answer to a request.</summary>
public sealed record HttpReply(int Status, JsonElement Body)
{
    /// <summary>The answer's headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body of a success; fails the test on any other answer.</summary>
    public JsonElement Success()
    {
        Status.ShouldBe(200, Body.ValueKind == JsonValueKind.Undefined ? "" : Body.GetRawText());
        return Body;
    }
}
