using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>An asset as listed; the asset it means is filled in when it is known.</summary>
internal sealed record Listing(RequestAsset Request, EntityType Type, ImmutableArray<AssetKey> Keys, AssetStatement Statement)
{
    public BatchAsset? Asset { get; set; }
}
