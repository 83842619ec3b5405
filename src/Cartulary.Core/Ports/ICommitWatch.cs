namespace Cartulary.Core.Ports;

/// <summary>
/// Tells observers of every commit before this process lets anybody see it: before the one who saved is answered and before
/// <see cref="ICatalogStore.Head"/> moves. A store on one file calls them from its writer. A store that many servers share
/// follows the log, whose commits carry the same marks, up to the head that it reads in <see cref="CatchUpAsync"/>.
/// </summary>
public interface ICommitWatch
{
    /// <summary>Tells an observer of every commit that becomes durable from now on.</summary>
    void Observe(ICommitObserver observer);

    /// <summary>Completes when the observers know of every commit that anybody, here or on another server, had been told of when it was called.</summary>
    ValueTask CatchUpAsync(CancellationToken cancellationToken);
}
