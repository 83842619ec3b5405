using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>What a save or an archiving did.</summary>
/// <param name="Assigned">The real guid behind each guid of the request that differs from it.</param>
/// <param name="Created">Assets that are new.</param>
/// <param name="Updated">Assets that changed, those that only gained or lost a relationship included.</param>
/// <param name="Archived">Assets that are archived now.</param>
/// <param name="Receipts">What was done to each asset and why; empty when nobody asked.</param>
internal sealed record SaveAnswer(
    FrozenDictionary<string, string> Assigned,
    ImmutableArray<AssetHeader> Created,
    ImmutableArray<AssetHeader> Updated,
    ImmutableArray<AssetHeader> Archived,
    ImmutableArray<JsonElement> Receipts)
{
    /// <summary>Reads the body of an answer.</summary>
    public static SaveAnswer Read(JsonElement json)
    {
        var mutated = json.Member("mutatedEntities") ?? default;
        return new(
            json.Members("guidAssignments")
                .Where(member => member.Value.ValueKind == JsonValueKind.String)
                .ToFrozenDictionary(member => member.Name, member => member.Value.GetString()!),
            Headers(mutated, "CREATE"),
            [.. Headers(mutated, "UPDATE"), .. Headers(mutated, "PARTIAL_UPDATE")],
            Headers(mutated, "DELETE"),
            [.. json.Items("receipts")]);
    }

    private static ImmutableArray<AssetHeader> Headers(JsonElement mutated, string list) =>
        [.. mutated.Items(list).Select(AssetHeader.Read)];
}
