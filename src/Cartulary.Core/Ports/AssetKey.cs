namespace Cartulary.Core.Ports;

/// <summary>A value by which assets can be found: a unique attribute's, or a derived name's.</summary>
/// <param name="Kind">The number of the unique attribute, or one of the negative numbers in <see cref="DerivedKeys"/>.</param>
/// <param name="Value">The value, exactly.</param>
public readonly record struct AssetKey(int Kind, string Value);
