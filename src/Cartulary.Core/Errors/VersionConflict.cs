using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Errors;

/// <summary>What a client that expected another version of an asset needs to know to go on.</summary>
/// <param name="Expected">The versions it would have taken; empty when any would have done.</param>
/// <param name="Present">The asset as it is; null when it does not exist.</param>
/// <param name="Registry">The types that know it.</param>
public sealed record VersionConflict(ImmutableArray<long> Expected, StoredAsset? Present, TypeRegistry Registry);
