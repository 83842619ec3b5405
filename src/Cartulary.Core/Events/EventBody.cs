using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Events;

/// <summary>
/// What one event says has changed of one asset. A creation holds only its edges: its attributes are those of its first state.
/// </summary>
public sealed record EventBody
{
    /// <summary>A body that says nothing.</summary>
    public static EventBody Empty { get; } = new();

    /// <summary>Attributes that changed, by number.</summary>
    public ImmutableArray<AttributeChange> Attributes { get; init; } = [];

    /// <summary>The labels, when they changed.</summary>
    public ValueChange<ImmutableArray<string>>? Labels { get; init; }

    /// <summary>The custom attributes, when they changed.</summary>
    public ValueChange<ImmutableSortedDictionary<string, string>>? CustomAttributes { get; init; }

    /// <summary>The status, when it changed.</summary>
    public ValueChange<AssetStatus>? Status { get; init; }

    /// <summary>Live edges gained.</summary>
    public ImmutableArray<EdgeDelta> Added { get; init; } = [];

    /// <summary>Live edges lost.</summary>
    public ImmutableArray<EdgeDelta> Removed { get; init; } = [];

    /// <summary>Live edges whose own attributes changed.</summary>
    public ImmutableArray<EdgeAttributesChange> Changed { get; init; } = [];

    /// <summary>The tags that changed in the way the event's kind says, by key.</summary>
    public ImmutableArray<TagChange> Tags { get; init; } = [];

    /// <summary>Attributes of custom metadata that changed, by number.</summary>
    public ImmutableArray<AttributeChange> CustomMetadata { get; init; } = [];

    /// <summary>Why the asset changed, when the request does not list it.</summary>
    public EventCause? Cause { get; init; }

    /// <summary>Whether the body tells no difference at all.</summary>
    public bool IsEmpty => Attributes.IsEmpty && Labels is null && CustomAttributes is null && Status is null
        && Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty && Tags.IsEmpty && CustomMetadata.IsEmpty;
}
