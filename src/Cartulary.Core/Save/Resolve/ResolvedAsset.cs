using System.Collections.Immutable;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>What a request says of one asset: as many statements as it lists the asset, in payload order.</summary>
internal sealed record ResolvedAsset(BatchAsset Asset, ImmutableArray<AssetStatement> Statements);

/// <summary>One listing of an asset, its relationship attributes told apart from the rest.</summary>
internal sealed record AssetStatement(
    RequestAsset Request, ImmutableArray<(AssetAttribute Attribute, RequestField Field)> Attributes, ImmutableArray<EndAttribute> GivenEnds)
{
    /// <summary>Names that the asset's type has neither as attribute nor as relationship attribute.</summary>
    public ImmutableArray<string> Unknown { get; init; } = [];
}
