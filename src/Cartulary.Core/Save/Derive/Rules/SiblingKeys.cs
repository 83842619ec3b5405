using System.Collections.Immutable;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>The derived keys that an asset holds among its siblings, around a save.</summary>
/// <param name="Before">As committed.</param>
/// <param name="After">As they will be.</param>
internal sealed record SiblingKeys(ImmutableArray<AssetKey> Before, ImmutableArray<AssetKey> After)
{
    /// <summary>None, before and after.</summary>
    public static SiblingKeys None { get; } = new([], []);
}
