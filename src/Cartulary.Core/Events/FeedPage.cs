using System.Collections.Immutable;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Events;

/// <summary>One answer of the feed.</summary>
/// <param name="Events">The events that match, in order of sequence.</param>
/// <param name="Next">The last sequence examined, which is where to go on.</param>
/// <param name="Head">How far the catalog had come.</param>
public sealed record FeedPage(ImmutableArray<FeedEvent> Events, long Next, CatalogHead Head)
{
    /// <summary>Whether what follows <see cref="Next"/> has been trimmed away, so that nobody can go on from there.</summary>
    public bool IsTrimmed => Next < Head.Oldest - 1;
}
