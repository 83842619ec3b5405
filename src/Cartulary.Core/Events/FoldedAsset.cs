namespace Cartulary.Core.Events;

/// <summary>An asset as the events alone tell it. Values are kept as their JSON text.</summary>
public sealed class FoldedAsset
{
    /// <summary>Its type.</summary>
    public required string TypeName { get; init; }

    /// <summary>Whether it is older than the events that were folded, so that only what they tell is known of it.</summary>
    public bool IsPartial { get; init; }

    /// <summary>ACTIVE or DELETED.</summary>
    public string Status { get; internal set; } = "ACTIVE";

    /// <summary>Its version.</summary>
    public long Version { get; internal set; }

    /// <summary>The save that gave it its version; empty when it was begun with.</summary>
    internal string SaveId { get; set; } = "";

    /// <summary>Its attributes, name to JSON.</summary>
    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Its labels as JSON.</summary>
    public string Labels { get; internal set; } = "[]";

    /// <summary>Its custom attributes as JSON.</summary>
    public string CustomAttributes { get; internal set; } = "{}";

    /// <summary>Its tags: the tag's type and the asset from which it comes, with the tag as JSON.</summary>
    public SortedDictionary<(string TypeName, Guid Source), string> Tags { get; } = [];

    /// <summary>Its custom metadata: the set and the attribute, with the value as JSON.</summary>
    public SortedDictionary<(string Set, string Attribute), string> CustomMetadata { get; } = [];

    /// <summary>Its live edges: the relationship attribute and the partner's guid, with the edge's own attributes as JSON.</summary>
    public SortedDictionary<(string End, Guid Partner), string> Edges { get; } = [];
}
