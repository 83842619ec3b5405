using System.Collections.Immutable;
using Cartulary.Core.Ports;

namespace Cartulary.Storage.Commits;

/// <summary>Collects what the commits of a group touch, and tells the observers when the group is durable. Apart from <see cref="Observe"/> it is the writer's.</summary>
internal sealed class CommitWatch : ICommitWatch
{
    private readonly List<(long Commit, ImmutableArray<ulong>? Touches)> _group = [];
    private ImmutableArray<ICommitObserver> _observers = [];

    /// <inheritdoc/>
    public void Observe(ICommitObserver observer) => ImmutableInterlocked.Update(ref _observers, observers => observers.Add(observer));

    /// <summary>Nobody else writes to the file, and nobody is answered before the observers are told.</summary>
    public ValueTask CatchUpAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Notes a commit of the group; null when it may have changed the meaning of any request.</summary>
    public void Add(long commit, ImmutableArray<ulong>? touches) => _group.Add((commit, touches));

    /// <summary>The group is durable.</summary>
    public void Tell()
    {
        foreach (var observer in _observers)
        {
            foreach (var (commit, touches) in _group)
            {
                if (touches is { } marks)
                {
                    observer.Saved(new CommitNumber(commit), marks);
                }
                else
                {
                    observer.Redefined(new CommitNumber(commit));
                }
            }
        }

        _group.Clear();
    }

    /// <summary>The group was undone.</summary>
    public void Forget() => _group.Clear();
}
