using System.Collections.Immutable;

namespace Cartulary.Core.Ports.Delivery;

/// <summary>
/// Keeps how far sinks have come. What people change is durable when a call returns; a checkpoint may be lost in a power cut, whole.
/// When another log takes the place of a catalog's, sinks are set back to where the two part, and have a new revision.
/// </summary>
public interface ISinkStore
{
    /// <summary>A sink, or null.</summary>
    ValueTask<SinkRow?> FindSinkAsync(string name, CancellationToken cancellationToken);

    /// <summary>Adds a sink, unless one of that name is there.</summary>
    ValueTask AddSinkAsync(SinkRow row, CancellationToken cancellationToken);

    /// <summary>Puts a row in the place of that with the revision before it, and remembers what is to be skipped.</summary>
    /// <param name="row">The new row.</param>
    /// <param name="skipped">An event that is not to be sent; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it was replaced: false when the sink is not there or has changed meanwhile.</returns>
    ValueTask<bool> ReplaceSinkAsync(SinkRow row, SkippedEvent? skipped, CancellationToken cancellationToken);

    /// <summary>Stores a row in the place of that with the same revision, on condition that the lease is held.</summary>
    ValueTask<SinkStored> CheckpointSinkAsync(Lease lease, SinkRow row, CancellationToken cancellationToken);

    /// <summary>Events that a sink does not send, the highest sequence first.</summary>
    ValueTask<ImmutableArray<SkippedEvent>> SkippedAsync(string name, int limit, CancellationToken cancellationToken);
}
