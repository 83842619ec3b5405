using System.Collections.Immutable;

namespace Cartulary.Core.Save.Read;

/// <summary>What a request says about one asset, read but not yet understood.</summary>
public sealed record RequestAsset
{
    /// <summary>Where in the request it stands, for example <c>entities[3]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The type it names.</summary>
    public required string TypeName { get; init; }

    /// <summary>The guid it gives, or null.</summary>
    public RequestGuid? Guid { get; init; }

    /// <summary>The keys of <c>attributes</c>; relationship attributes may be among them.</summary>
    public ImmutableArray<RequestField> Attributes { get; init; } = [];

    /// <summary>The keys of <c>relationshipAttributes</c>: each replaces what is there.</summary>
    public ImmutableArray<RequestField> Relationships { get; init; } = [];

    /// <summary>The keys of <c>appendRelationshipAttributes</c>: each adds to what is there.</summary>
    public ImmutableArray<RequestField> AppendedRelationships { get; init; } = [];

    /// <summary>The keys of <c>removeRelationshipAttributes</c>: each takes from what is there.</summary>
    public ImmutableArray<RequestField> RemovedRelationships { get; init; } = [];

    /// <summary>The value of <c>labels</c>, or null when nothing is said.</summary>
    public RequestField? Labels { get; init; }

    /// <summary>The value of <c>customAttributes</c>, or null when nothing is said.</summary>
    public RequestField? CustomAttributes { get; init; }

    /// <summary>Whether <c>status</c> is ACTIVE, which restores an archived asset.</summary>
    public bool Restores { get; init; }

    /// <summary>The version that the client takes for the present one, zero for an asset that must not exist; null when it does not care.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Keys that were passed over because they say nothing here; only where the reader was asked to note them.</summary>
    public ImmutableArray<string> PassedOver { get; init; } = [];

    /// <summary>The request with only those of its attributes and relationship attributes that have one of the names.</summary>
    internal RequestAsset Only(ImmutableArray<string> names)
    {
        return this with
        {
            Attributes = Of(Attributes),
            Relationships = Of(Relationships),
            AppendedRelationships = Of(AppendedRelationships),
            RemovedRelationships = Of(RemovedRelationships),
        };

        ImmutableArray<RequestField> Of(ImmutableArray<RequestField> fields) => [.. fields.Where(field => names.Contains(field.Name))];
    }
}
