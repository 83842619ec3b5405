using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Events;

/// <summary>One event as the log keeps it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Asset">The asset it is about.</param>
/// <param name="Numbers">The numbers the commit gave.</param>
/// <param name="Status">The asset's status after the save.</param>
/// <param name="Body">What changed.</param>
/// <param name="Lists">Whole lists of live partners, for the relationship attributes that have one.</param>
/// <param name="References">The assets that <paramref name="Body"/> names by their place.</param>
public sealed record LogRecord(
    EventKind Kind,
    LoggedAsset Asset,
    EventNumbers Numbers,
    AssetStatus Status,
    EventBody Body,
    ImmutableArray<EndList> Lists,
    ImmutableArray<LoggedAsset> References);
