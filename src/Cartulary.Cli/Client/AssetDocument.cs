using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>A stored asset with its relationships, as the server answers it.</summary>
/// <param name="Json">The whole answer.</param>
internal sealed record AssetDocument(JsonElement Json)
{
    /// <summary>The asset itself.</summary>
    public JsonElement Entity => Json.Member("entity") ?? Json;

    /// <summary>What identifies the asset.</summary>
    public AssetHeader Header => AssetHeader.Read(Entity);

    /// <summary>Its relationship attributes.</summary>
    public IEnumerable<JsonProperty> Relationships => Entity.Members("relationshipAttributes");

    /// <summary>Relationship attributes that the server left out because they hold more than it answers with.</summary>
    public IEnumerable<string> LeftOut => Entity.Items("truncatedRelationshipAttributes").Select(name => name.GetString() ?? "");

    /// <summary>The live assets at the other end of a relationship attribute.</summary>
    public IEnumerable<AssetHeader> LiveRelated(string end) =>
        (Entity.Member("relationshipAttributes") ?? default).Items(end).Select(AssetHeader.Read).Where(asset => asset.IsLive);
}
