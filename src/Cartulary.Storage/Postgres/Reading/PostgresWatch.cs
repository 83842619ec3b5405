using Cartulary.Core.Ports;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>Tells of the commits of all servers, in the order of the log: whatever moves the head here tells the observers first.</summary>
internal sealed class PostgresWatch(HeadTracker tracker, HeadLooker looker) : ICommitWatch
{
    public void Observe(ICommitObserver observer) => tracker.Observe(observer);

    public async ValueTask CatchUpAsync(CancellationToken cancellationToken) => await looker.LookAsync(cancellationToken);
}
