using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Some versions of an asset, the newest first.</summary>
/// <param name="Asset">The asset as it is now.</param>
/// <param name="Type">Its type.</param>
/// <param name="Versions">The versions.</param>
/// <param name="Next">Below which version to go on; null when these were the oldest that are kept.</param>
public sealed record VersionPage(StoredAsset Asset, EntityType Type, ImmutableArray<VersionChange> Versions, long? Next);
