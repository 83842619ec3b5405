using System.Collections.Immutable;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Replay;

/// <summary>What of an answer the log does not tell.</summary>
/// <param name="GuidAssignments">The real guid for each guid of the request that differs from it.</param>
/// <param name="RelatedEvents">The places, among the events that stand for their assets, of those whose assets the request does not list.</param>
/// <param name="Listed">Every asset that the request lists; empty when receipts were not asked for.</param>
internal sealed record StoredAnswer(
    ImmutableArray<KeyValuePair<string, Guid>> GuidAssignments, IReadOnlySet<int> RelatedEvents, ImmutableArray<ListedAsset> Listed);
