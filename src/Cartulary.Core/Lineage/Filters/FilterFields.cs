using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>The attributes by which assets and edges can be filtered.</summary>
internal static class FilterFields
{
    private static readonly ImmutableArray<FilterField<FilteredAsset>> OfAssets =
    [
        Known("__guid", asset => [FilterValue.Of(asset.End.Guid.ToString("D"))]),
        Known("__state", asset => [FilterValue.Of(StateOf(asset.End.Status))]),
        Known("__typeName", asset => [FilterValue.Of(asset.Type.Name)]),
        Known("__superTypeNames", asset => [.. asset.Type.SuperTypeNames.Append(asset.Type.Name).Select(FilterValue.Of)]),
        Own("__createdBy", FilterKinds.Text, asset => [FilterValue.Of(asset.Created.Actor)]),
        Own("__modifiedBy", FilterKinds.Text, asset => [FilterValue.Of(asset.Updated.Actor)]),
        Own("__timestamp", FilterKinds.Time, asset => [FilterValue.OfTime(asset.Created.Time)]),
        Own("__modificationTimestamp", FilterKinds.Time, asset => [FilterValue.OfTime(asset.Updated.Time)]),
        Own("__labels", FilterKinds.Text, asset => [.. asset.State.Labels.Select(FilterValue.Of)]),
        Tags("__traitNames", isPassedOn: false),
        Tags("__classificationNames", isPassedOn: false),
        Tags("__propagatedTraitNames", isPassedOn: true),
        Tags("__propagatedClassificationNames", isPassedOn: true),
    ];

    /// <summary>The attribute of assets of a name: one of the system, of some asset type, or of custom metadata; null when there is none.</summary>
    public static FilterField<FilteredAsset>? OfAsset(TypeRegistry registry, string name) =>
        OfAssets.FirstOrDefault(field => field.Name == name) ?? OfTypes(registry, name) ?? OfCustomMetadata(registry, name);

    /// <summary>The attribute of edges of a name: one of the system, or of some relationship type that is lineage; null when there is none.</summary>
    public static FilterField<LineageEdge>? OfEdge(TypeRegistry registry, string name)
    {
        switch (name)
        {
            case "__state":
                return new(name, FilterKinds.Text, NeedsState: false, edge => [FilterValue.Of(edge.Edge.IsLive ? "ACTIVE" : "DELETED")]);
            case "__guid":
                return new(name, FilterKinds.Text, NeedsState: false, edge => [FilterValue.Of(Query.EdgeGuid.Of(edge.Edge.Link).ToString("D"))]);
            case "__typeName":
                return new(name, FilterKinds.Text, NeedsState: false, edge => [FilterValue.Of(registry.Relationship(edge.Edge.RelationshipId).Name)]);
        }

        var attributes = registry.Entities.SelectMany(type => type.Ends).Select(end => end.Relationship).Distinct()
            .Where(type => Enum.GetValues<LineageKind>().Any(kind => LineageRoutes.FlowOf(type, kind) is not null))
            .Select(type => type.Attribute(name)).OfType<AssetAttribute>().ToList();
        return attributes.Count == 0 ? null : new(
            name,
            KindsOf(attributes),
            NeedsState: false,
            edge => registry.Relationship(edge.Edge.RelationshipId).Attribute(name) is { } attribute && edge.Edge.Attributes.Find(attribute.Id) is { } value ? FilterValue.In(value) : []);
    }

    private static FilterField<FilteredAsset>? OfTypes(TypeRegistry registry, string name)
    {
        var attributes = registry.Entities.Select(type => type.Attribute(name)).OfType<AssetAttribute>().Distinct().ToList();
        return attributes.Count == 0 ? null : new(
            name,
            KindsOf(attributes),
            NeedsState: true,
            asset => asset.Type.Attribute(name) is { } attribute && asset.Stored?.State.Find(attribute.Id) is { } value ? FilterValue.In(value) : []);
    }

    private static FilterField<FilteredAsset>? OfCustomMetadata(TypeRegistry registry, string name)
    {
        var attributes = registry.BusinessMetadataSets.SelectMany(set => set.Attributes.Where(attribute => attribute.Name == name || $"{set.Name}.{attribute.Name}" == name))
            .Select(attribute => attribute.Attribute).ToList();
        var ids = attributes.Select(attribute => attribute.Id).ToHashSet();
        return attributes.Count == 0 ? null : new(
            name,
            KindsOf(attributes),
            NeedsState: true,
            asset => [.. (asset.Stored?.State.CustomMetadata ?? []).Where(value => ids.Contains(value.AttributeId)).SelectMany(value => FilterValue.In(value.Value))]);
    }

    private static FilterField<FilteredAsset> Known(string name, Func<FilteredAsset, IReadOnlyList<FilterValue>> values) =>
        new(name, FilterKinds.Text, NeedsState: false, values);

    private static FilterField<FilteredAsset> Own(string name, FilterKinds kind, Func<StoredAsset, IReadOnlyList<FilterValue>> values) =>
        new(name, kind, NeedsState: true, asset => asset.Stored is { } stored ? values(stored) : []);

    /// <summary>Tags by the names that programs know and by those that people know.</summary>
    private static FilterField<FilteredAsset> Tags(string name, bool isPassedOn) => new(
        name,
        FilterKinds.Text,
        NeedsState: true,
        asset =>
        [
            .. (asset.Stored?.State.Tags ?? []).Where(tag => (tag.Source != asset.End.Guid) == isPassedOn)
                .Select(tag => asset.Registry.Classification(tag.TypeId))
                .SelectMany(tag => new[] { tag.Name, tag.DisplayName })
                .Distinct()
                .Select(FilterValue.Of),
        ]);

    private static FilterKinds KindsOf(IEnumerable<AssetAttribute> attributes) => attributes.Aggregate(default(FilterKinds), (kinds, attribute) => kinds | KindOf(attribute.Type));

    private static FilterKinds KindOf(DataType type) => type switch
    {
        ArrayType array => KindOf(array.Element),
        EnumType => FilterKinds.Text,
        PrimitiveType { Kind: PrimitiveKind.String } => FilterKinds.Text,
        PrimitiveType { Kind: PrimitiveKind.Boolean } => FilterKinds.Boolean,
        PrimitiveType { Kind: PrimitiveKind.Date } => FilterKinds.Time,
        PrimitiveType => FilterKinds.Number,
        _ => FilterKinds.Other,
    };

    private static string StateOf(AssetStatus status) => status == AssetStatus.Active ? "ACTIVE" : "DELETED";
}
