using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Types;

/// <summary>
/// A resolved attribute of an entity, struct or relationship type. Equality is by reference; within one registry
/// there is one instance per declaration, shared by all subtypes.
/// </summary>
public sealed class AssetAttribute
{
    internal AssetAttribute(int id, string declaringType, AttributeDef definition, DataType type, CanonicalValue? @default)
    {
        Id = id;
        DeclaringType = declaringType;
        Definition = definition;
        Type = type;
        Default = @default;
        EncodedName = JsonEncodedText.Encode(definition.Name);
        UserCompanions = Companions(definition, "user");
        TimestampCompanions = Companions(definition, "timestamp");
    }

    /// <summary>A number that stands for the attribute in stored values; never used again for another one.</summary>
    public int Id { get; }

    /// <summary>The attribute's name.</summary>
    public string Name => Definition.Name;

    /// <summary>The name, ready to be written to JSON.</summary>
    public JsonEncodedText EncodedName { get; }

    /// <summary>The type that declares the attribute.</summary>
    public string DeclaringType { get; }

    /// <summary>The definition as saved.</summary>
    public AttributeDef Definition { get; }

    /// <summary>The type of its values.</summary>
    public DataType Type { get; }

    /// <summary>The canonical default value, or null when there is none.</summary>
    public CanonicalValue? Default { get; }

    /// <summary>Names of attributes that take the acting principal when this one changes to a value.</summary>
    public ImmutableArray<string> UserCompanions { get; }

    /// <summary>Names of attributes that take the commit time when this one changes to a value.</summary>
    public ImmutableArray<string> TimestampCompanions { get; }

    /// <summary>Whether every event of an asset carries the value.</summary>
    public bool IsInNotifications => Definition.IncludeInNotification || Definition.IsUnique;

    /// <inheritdoc/>
    public override string ToString() => $"{DeclaringType}.{Name}";

    private static ImmutableArray<string> Companions(AttributeDef definition, string key) =>
        definition.AutoUpdateAttributes is { } companions && companions.TryGetValue(key, out var names) ? names : [];
}
