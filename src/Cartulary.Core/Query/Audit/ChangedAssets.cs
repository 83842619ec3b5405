using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Audit;

/// <summary>Assets of which something is in the audit, as they are now.</summary>
/// <param name="Assets">The assets, the one that changed last first; without purged ones.</param>
/// <param name="Registry">Their types.</param>
public sealed record ChangedAssets(ImmutableArray<StoredAsset> Assets, TypeRegistry Registry);
