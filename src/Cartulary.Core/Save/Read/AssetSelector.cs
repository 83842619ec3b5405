namespace Cartulary.Core.Save.Read;

/// <summary>How a call names an existing asset: by guid, or by type and unique attribute.</summary>
public abstract record AssetSelector
{
    private AssetSelector()
    {
    }

    /// <summary>By guid.</summary>
    /// <param name="Guid">The guid.</param>
    public sealed record ByGuid(Guid Guid) : AssetSelector;

    /// <summary>By the value of a unique attribute; subtypes of the type are found too.</summary>
    /// <param name="TypeName">The type.</param>
    /// <param name="Attribute">The attribute's name.</param>
    /// <param name="Value">Its value.</param>
    public sealed record ByUniqueAttribute(string TypeName, string Attribute, string Value) : AssetSelector;
}
