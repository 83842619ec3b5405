using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Types;

/// <summary>A resolved set of custom metadata.</summary>
public sealed class BusinessMetadataType
{
    private readonly FrozenDictionary<string, BusinessAttribute> _byName;

    internal BusinessMetadataType(int id, BusinessMetadataDef definition, ImmutableArray<AssetAttribute> attributes)
    {
        Id = id;
        Definition = definition;
        Attributes = [.. attributes.Select(attribute => new BusinessAttribute(this, attribute))];
        EncodedName = JsonEncodedText.Encode(definition.Name);
        _byName = Attributes.ToFrozenDictionary(attribute => attribute.Name, StringComparer.Ordinal);
    }

    /// <summary>A number that stands for the set.</summary>
    public int Id { get; }

    /// <summary>The set's name, which may be one that the server made up.</summary>
    public string Name => Definition.Name;

    /// <summary>The name, ready to be written to JSON.</summary>
    public JsonEncodedText EncodedName { get; }

    /// <summary>The name for people.</summary>
    public string DisplayName => Definition.DisplayName ?? Definition.Name;

    /// <summary>The definition as saved.</summary>
    public BusinessMetadataDef Definition { get; }

    /// <summary>The attributes in declared order, archived ones included.</summary>
    public ImmutableArray<BusinessAttribute> Attributes { get; }

    /// <summary>The attribute of that name, or null.</summary>
    public BusinessAttribute? Attribute(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The attribute that people know by that name, or null.</summary>
    public BusinessAttribute? AttributeDisplayed(string displayName) =>
        Attributes.FirstOrDefault(attribute => attribute.DisplayName.Equals(displayName, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
