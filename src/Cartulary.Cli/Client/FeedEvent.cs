using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>One event of the feed.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Json">The event as the feed lists it: <c>seq</c> and <c>envelope</c>.</param>
internal sealed record FeedEvent(long Sequence, JsonElement Json)
{
    private static readonly string[] EdgeLists = ["addedRelationshipAttributes", "removedRelationshipAttributes", "updatedRelationshipAttributes"];

    /// <summary>The message inside the envelope.</summary>
    public JsonElement Message => Json.Member("envelope")?.Member("message") ?? default;

    /// <summary>The asset that the event is about.</summary>
    public AssetHeader Asset => AssetHeader.Read(Message.Member("entity") ?? default);

    /// <summary>The assets at the other ends of relationships that the event says came, went or changed.</summary>
    public IEnumerable<AssetHeader> Related => RelatedIn(Message.Member("mutatedDetails") ?? default);

    /// <summary>What happened.</summary>
    public string Operation => Message.Text("operationType") ?? "";

    /// <summary>The assets at the other ends of relationships that some details say came, went or changed.</summary>
    public static IEnumerable<AssetHeader> RelatedIn(JsonElement details) =>
        from list in EdgeLists
        from end in details.Members(list)
        from reference in end.Value.ValueKind == JsonValueKind.Array ? end.Value.EnumerateArray().AsEnumerable() : [end.Value]
        select AssetHeader.Read(reference);
}
