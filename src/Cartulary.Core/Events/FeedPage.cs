using System.Collections.Immutable;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Events;

/// <summary>One answer of the feed.</summary>
/// <param name="Events">The events that match, in order of sequence.</param>
/// <param name="Next">The last sequence examined, which is where to go on.</param>
/// <param name="Head">How far the catalog had come.</param>
public sealed record FeedPage(ImmutableArray<FeedEvent> Events, long Next, CatalogHead Head);

/// <summary>One event of the feed.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="Envelope">Its envelope as UTF-8 JSON; the same bytes every time.</param>
public sealed record FeedEvent(long Sequence, ReadOnlyMemory<byte> Envelope);
