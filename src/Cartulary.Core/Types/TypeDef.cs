using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cartulary.Core.Types;

/// <summary>What every type definition carries, whatever its category.</summary>
public abstract record TypeDef
{
    /// <summary>Which kind of definition this is; decides the class a client reads it into.</summary>
    public abstract TypeCategory Category { get; }

    /// <summary>The definition's own guid, given by the server; null until it is installed.</summary>
    public Guid? Guid { get; init; }

    /// <summary>Who created the definition; null until it is installed.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Who changed the definition last; null until it is installed.</summary>
    public string? UpdatedBy { get; init; }

    /// <summary>Commit time of its creation, epoch milliseconds; null until it is installed.</summary>
    public long? CreateTime { get; init; }

    /// <summary>Commit time of its last change, epoch milliseconds; null until it is installed.</summary>
    public long? UpdateTime { get; init; }

    /// <summary>Rises by one with each change of the definition.</summary>
    public long Version { get; init; }

    /// <summary>The type's name, unique among all definitions.</summary>
    public required string Name { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>The author's own version text.</summary>
    public string TypeVersion { get => field ?? "1.0"; init; }

    /// <summary>Who maintains the type, for example <c>atlan</c>; clients treat some names as reserved.</summary>
    public string? ServiceType { get; init; }

    /// <summary>Free options, text to text; null when there are none.</summary>
    public ImmutableSortedDictionary<string, string?>? Options { get; init; }

    /// <summary>The attributes that the definition itself declares, in declared order.</summary>
    [JsonIgnore]
    public virtual ImmutableArray<AttributeDef> OwnAttributes => [];
}
