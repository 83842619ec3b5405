using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Kafka;

/// <summary>Tells people how the sink does, and lets it go on when it is blocked; on any server.</summary>
/// <param name="store">Keeps how far it has come.</param>
/// <param name="catalog">The catalog whose log is sent.</param>
/// <param name="feed">Reads its log.</param>
/// <param name="topic">The topic that the settings name; null when they name no brokers.</param>
/// <param name="wake">Has the sink looked at on this server.</param>
/// <param name="clock">The clock.</param>
public sealed class KafkaDesk(ISinkStore store, ICatalogStore catalog, EventFeed feed, string? topic, Action wake, TimeProvider clock)
{
    private const int SkippedShown = 100;

    /// <summary>How it does.</summary>
    public async Task<KafkaStatus> StatusAsync(CancellationToken cancellationToken)
    {
        if (await store.FindSinkAsync(KafkaSink.Name, cancellationToken) is not { } row)
        {
            return new KafkaStatus(topic, Row: null, Lag: 0, LagSeconds: 0, []);
        }

        var skipped = await store.SkippedAsync(KafkaSink.Name, SkippedShown, cancellationToken);
        var head = catalog.Head;
        var lag = row.Log == head.LogId ? Math.Max(0, head.Sequence - row.Position) : 0;
        return new KafkaStatus(topic, row, lag, lag == 0 ? 0 : await AgeAsync(row.Position, cancellationToken), skipped);
    }

    /// <summary>Lets it go on.</summary>
    /// <param name="skip">An event that is refused as too large, to go on without; null for none.</param>
    /// <param name="after">The place to go on from where what comes next has been trimmed; it lies in the log. Null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<KafkaOutcome> ResumeAsync(long? skip, long? after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = topic is null ? null : await store.FindSinkAsync(KafkaSink.Name, cancellationToken);
            if (row?.Trouble is not { IsBlocking: true } trouble)
            {
                var status = await StatusAsync(cancellationToken);
                return topic is null || skip is not null || after is not null ? new KafkaOutcome.NotSo(status) : new KafkaOutcome.Done(status);
            }

            var isTrimmed = trouble.Code == KafkaTroubles.Trimmed;
            if ((skip is not null && skip != trouble.Sequence) || (after is not null && (!isTrimmed || after < row.Position)))
            {
                return new KafkaOutcome.NotSo(await StatusAsync(cancellationToken));
            }

            if (isTrimmed && after is null)
            {
                return new KafkaOutcome.NeedsPlace();
            }

            var next = row with { Revision = row.Revision + 1, Position = after ?? row.Position, Accepted = trouble.Partitions ?? row.Accepted, Trouble = null };
            if (await store.ReplaceSinkAsync(next, SkippedBy(skip, trouble), cancellationToken))
            {
                wake();
                return new KafkaOutcome.Done(await StatusAsync(cancellationToken));
            }
        }
    }

    private SkippedEvent? SkippedBy(long? skip, SinkTrouble trouble) =>
        skip is { } sequence ? new SkippedEvent(sequence, trouble.Asset ?? Guid.Empty, clock.GetUtcNow().ToUnixTimeMilliseconds(), trouble.Code) : null;

    private async Task<double> AgeAsync(long position, CancellationToken cancellationToken) =>
        await feed.FindAsync(position + 1, cancellationToken) is { } first
            ? Math.Max(0, clock.GetUtcNow().ToUnixTimeMilliseconds() - first.Label.Time) / 1_000.0
            : 0;
}
