using System.Collections.Immutable;
using Cartulary.Cli.Client;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Sources;

/// <summary>What a crawl did.</summary>
/// <param name="ConnectionQualifiedName">The connection crawled.</param>
/// <param name="Tally">What became of the assets.</param>
/// <param name="FirstSequence">The first event that the crawl caused; null when it caused none.</param>
/// <param name="LastSequence">The last one.</param>
/// <param name="Events">The events, when there are few enough to show; otherwise empty.</param>
/// <param name="Warnings">What was left out. With any, the crawl is partial.</param>
internal sealed record CrawlResult(
    string ConnectionQualifiedName,
    SaveTally Tally,
    long? FirstSequence,
    long? LastSequence,
    ImmutableArray<FeedEvent> Events,
    ImmutableArray<string> Warnings)
{
    /// <summary>What a trial would archive; null when the crawl was not a trial.</summary>
    public ImmutableArray<AssetHeader>? Foreseen { get; init; }
}
