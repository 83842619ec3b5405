using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Which version last changed each part of an asset.</summary>
/// <param name="Asset">The asset as it is now.</param>
/// <param name="Type">Its type.</param>
/// <param name="Attributes">By attribute; cleared ones included.</param>
/// <param name="Relationships">By relationship attribute.</param>
/// <param name="Status">The status; null when no version that was looked at changed it.</param>
/// <param name="Labels">The labels; null when no version that was looked at changed them.</param>
/// <param name="CustomAttributes">The custom attributes; null when no version that was looked at changed them.</param>
/// <param name="Tags">By tag type; removed ones included.</param>
/// <param name="CustomMetadata">By attribute of custom metadata, as <c>set.attribute</c>; cleared ones included.</param>
/// <param name="Next">Below which version to go on looking; null when these were the oldest that are kept.</param>
public sealed record Blame(
    StoredAsset Asset,
    EntityType Type,
    ImmutableSortedDictionary<string, BlamedChange> Attributes,
    ImmutableSortedDictionary<string, BlamedChange> Relationships,
    BlamedChange? Status,
    BlamedChange? Labels,
    BlamedChange? CustomAttributes,
    ImmutableSortedDictionary<string, BlamedChange> Tags,
    ImmutableSortedDictionary<string, BlamedChange> CustomMetadata,
    long? Next);

/// <summary>The change that is behind a part of an asset.</summary>
/// <param name="Version">The version it gave.</param>
/// <param name="Time">The commit's time, epoch milliseconds.</param>
/// <param name="Actor">Who saved.</param>
/// <param name="SaveId">Names the save.</param>
/// <param name="Sequence">The event that tells it.</param>
public sealed record BlamedChange(long Version, long Time, string Actor, Guid SaveId, long Sequence);
