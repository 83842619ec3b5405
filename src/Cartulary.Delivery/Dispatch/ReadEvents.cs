using Cartulary.Core.Events;

namespace Cartulary.Delivery.Dispatch;

/// <summary>Reads at most so many of the events that a subscription wants, after a place in the log.</summary>
internal delegate ValueTask<FeedPage> ReadEvents(long after, int limit, CancellationToken cancellationToken);
