using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;

namespace Cartulary.Core.Save.Diff;

/// <summary>The difference between an asset's two states around a save. There is one only where something differs.</summary>
internal sealed record AssetChange(BatchAsset Asset, EventKind Kind, AssetState StateBefore, AssetState StateAfter)
{
    /// <summary>Whether the asset's own state differs.</summary>
    public bool StateChanges => !ReferenceEquals(StateBefore, StateAfter);

    public ImmutableArray<AttributeChange> Attributes { get; init; } = [];

    public ValueChange<ImmutableArray<string>>? Labels { get; init; }

    public ValueChange<ImmutableSortedDictionary<string, string>>? CustomAttributes { get; init; }

    public ImmutableArray<EdgeChange> Edges { get; init; } = [];

    /// <summary>Tags that differ, by key; those that a new asset is created with included.</summary>
    public ImmutableArray<TagChange> Tags { get; init; } = [];

    /// <summary>Attributes of custom metadata that differ, by number; those that a new asset is created with included.</summary>
    public ImmutableArray<AttributeChange> CustomMetadata { get; init; } = [];

    /// <summary>Attributes whose new value is a date that the commit gives.</summary>
    public required IReadOnlySet<int> StampedAttributes { get; init; }

    /// <summary>True when the request does not list the asset.</summary>
    public bool IsRelated => Asset.Order is null && !WasAskedFor;

    /// <summary>Whether the asset was named for archiving.</summary>
    public required bool WasAskedFor { get; init; }

    /// <summary>Whether nothing differs but some of these attributes.</summary>
    public bool IsOnlyOf(IReadOnlySet<int> attributes) =>
        attributes.Count > 0 && !Attributes.IsEmpty && (this with { Attributes = [] }).IsEmpty
        && Attributes.All(change => attributes.Contains(change.AttributeId));

    public bool IsEmpty => !TellsEntity && Tags.IsEmpty && CustomMetadata.IsEmpty;

    /// <summary>Whether more differs than tags and custom metadata, which have events of their own.</summary>
    public bool TellsEntity => Kind != EventKind.EntityUpdate || !Attributes.IsEmpty || Labels is not null || CustomAttributes is not null
        || !Edges.IsEmpty || Asset.StatusChanges;
}
