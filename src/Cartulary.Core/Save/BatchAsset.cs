using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>An asset that takes part in a save: listed in the request, referred to, or touched by what follows. One instance per asset and save.</summary>
internal sealed class BatchAsset(Guid guid, EntityType type, StoredAsset? stored)
{
    public Guid Guid => guid;

    public EntityType Type => type;

    /// <summary>The asset as committed; null for one that the save creates.</summary>
    public StoredAsset? Stored => stored;

    public AssetId Id => stored?.Id ?? default;

    public bool IsNew => stored is null;

    /// <summary>Its place among the assets the request lists; null when the request does not list it.</summary>
    public int? Order { get; set; }

    /// <summary>The guid by which the request names it, for error messages.</summary>
    public string? RequestGuid { get; set; }

    /// <summary>What the request says of it in vain; only where receipts are asked for.</summary>
    public (ImmutableArray<string> Ignored, ImmutableArray<string> Unknown) SaidInVain { get; set; } = ([], []);

    public AssetStatus? StatusBefore => stored?.Status;

    public AssetStatus StatusAfter { get; set; } = stored?.Status ?? AssetStatus.Active;

    public bool StatusChanges => stored is not null && stored.Status != StatusAfter;

    public override string ToString() => $"{type.Name} {guid}";
}
