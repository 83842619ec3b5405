using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>An enum definition: the closed list of texts its values may be.</summary>
public sealed record EnumDef : TypeDef
{
    /// <inheritdoc/>
    public override TypeCategory Category => TypeCategory.Enum;

    /// <summary>The elements, in declared order.</summary>
    public ImmutableArray<EnumElementDef> ElementDefs { get => field.IsDefault ? [] : field; init; }

    /// <summary>The element taken when none is given; null for none.</summary>
    public string? DefaultValue { get; init; }
}
