using Cartulary.Core.Assets;

namespace Cartulary.Core.Tags;

/// <summary>A tag at an asset.</summary>
internal readonly record struct Carried(Guid Asset, TagKey Key);
