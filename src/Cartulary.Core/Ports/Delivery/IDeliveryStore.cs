using System.Collections.Immutable;

namespace Cartulary.Core.Ports.Delivery;

/// <summary>
/// Keeps subscriptions, how far each has come, and what has been parked or given up. What people change is durable when a call returns.
/// A checkpoint may be lost in a power cut, whole and only the newest ones, so that events are told again and none is passed over.
/// What a store must do is written as tests in the conformance suite.
/// </summary>
public interface IDeliveryStore : ISinkStore
{
    /// <summary>Why nothing can be stored; null when the last change could be or, where nobody has tried for some time, when it can be now.</summary>
    ValueTask<Exception?> WhyNotWritableAsync(CancellationToken cancellationToken);

    /// <summary>Rises with every change of a subscription, by any server.</summary>
    ValueTask<long> ChangesAsync(CancellationToken cancellationToken);

    /// <summary>All subscriptions, by id.</summary>
    ValueTask<ImmutableArray<SubscriptionSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One subscription, or null.</summary>
    ValueTask<SubscriptionSummary?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a subscription, unless there are as many as <paramref name="most"/> already. Its place is its row's start.</summary>
    /// <returns>Whether it was added.</returns>
    ValueTask<bool> AddAsync(SubscriptionRow row, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a row in the place of that with the revision before it. With a new generation, events after its start are parked no more; events that
    /// were given up stay.
    /// </summary>
    /// <returns>Whether it was replaced: false when the subscription is not there or has changed meanwhile.</returns>
    ValueTask<bool> ReplaceAsync(SubscriptionRow row, CancellationToken cancellationToken);

    /// <summary>Removes a subscription with all that is kept of it.</summary>
    /// <returns>Whether it was there.</returns>
    ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>The subscriptions of a shard with how far they have come.</summary>
    ValueTask<ImmutableArray<LoadedSubscription>> LoadAsync(int shard, CancellationToken cancellationToken);

    /// <summary>
    /// Stores checkpoints of subscriptions of one shard in one transaction, on condition that the lease is held. Those of subscriptions that are
    /// not there any more, or have another generation, are left out. With a notice among them it is durable.
    /// </summary>
    /// <returns>False when the lease is lost; nothing is stored then.</returns>
    ValueTask<bool> CheckpointAsync(Lease lease, ImmutableArray<DeliveryCheckpoint> checkpoints, CancellationToken cancellationToken);

    /// <summary>
    /// What of the log each subscription still needs, from its oldest event on. Every checkpoint that it tells of is durable when it returns, or
    /// before anything that is committed to the catalog afterwards, so that the log can be trimmed by it.
    /// </summary>
    ValueTask<ImmutableArray<SubscriptionPlace>> PlacesAsync(long oldest, CancellationToken cancellationToken);

    /// <summary>Events that a subscription has given up, by sequence, after one.</summary>
    ValueTask<ImmutableArray<DeadLetter>> DeadLettersAsync(string id, long after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Parks events anew that were given up, with no attempts, due now, and raises the subscription's revision.
    /// </summary>
    /// <param name="id">The subscription.</param>
    /// <param name="sequences">Which; empty for all.</param>
    /// <param name="now">The time, epoch milliseconds.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many.</returns>
    ValueTask<int> RedriveAsync(string id, ImmutableArray<long> sequences, long now, CancellationToken cancellationToken);

    /// <summary>The last attempts of a subscription, newest first.</summary>
    ValueTask<ImmutableArray<StoredAttempt>> AttemptsAsync(string id, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Notices by id, after one. Who goes on after the last one that it has seen misses none, whichever server wrote it.
    /// </summary>
    /// <param name="id">Those of this subscription; null for all.</param>
    /// <param name="after">The last id that is known.</param>
    /// <param name="limit">Most notices.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<ImmutableArray<StoredNotice>> NoticesAsync(string? id, long after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Removes dead letters, attempts and notices that are older than is wished, and of each subscription attempts and notices beyond the newest.
    /// </summary>
    ValueTask CleanAsync(DeliveryKeeping keeping, CancellationToken cancellationToken);
}
