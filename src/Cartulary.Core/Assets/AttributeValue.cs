namespace Cartulary.Core.Assets;

/// <summary>A value of one attribute; ordered within a state by the attribute's number.</summary>
/// <param name="AttributeId">The attribute's number in the registry.</param>
/// <param name="Value">The canonical value.</param>
public readonly record struct AttributeValue(int AttributeId, CanonicalValue Value);
