using Cartulary.Core.Assets;

namespace Cartulary.Core.Events;

/// <summary>A change of one attribute.</summary>
/// <param name="AttributeId">The attribute's number.</param>
/// <param name="Before">Its value before, or null when it had none.</param>
/// <param name="After">Its value after, or null when it has none.</param>
public readonly record struct AttributeChange(int AttributeId, CanonicalValue? Before, CanonicalValue? After);
