using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Types;

namespace Cartulary.Core.Ports;

/// <summary>
/// Reads one consistent snapshot of a catalog: everything a session answers is as of <see cref="Head"/>. Each call takes
/// many keys and costs a constant number of round trips. Not safe for several threads at once.
/// </summary>
public interface IReadSession : IAsyncDisposable
{
    /// <summary>The snapshot's place.</summary>
    CatalogHead Head { get; }

    /// <summary>The numbers of the assets that have these guids; unknown guids are left out, and those of purged assets.</summary>
    ValueTask<IReadOnlyDictionary<Guid, AssetId>> FindByGuidAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken);

    /// <summary>The assets that hold these keys, in no particular order.</summary>
    ValueTask<ImmutableArray<KeyMatch>> FindByKeyAsync(IReadOnlyCollection<AssetKey> keys, CancellationToken cancellationToken);

    /// <summary>The assets with these numbers; unknown numbers are left out, and those of purged assets.</summary>
    ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken);

    /// <summary>The recorded edges of these relationship attributes, live and suspended, in the order they were recorded; an attribute without edges is left out.</summary>
    ValueTask<IReadOnlyDictionary<EndKey, ImmutableArray<StoredEdge>>> EdgesAtAsync(IReadOnlyCollection<EndKey> ends, CancellationToken cancellationToken);

    /// <summary>The same, but at most <paramref name="limit"/> edges of each attribute, no matter which.</summary>
    ValueTask<IReadOnlyDictionary<EndKey, ImmutableArray<StoredEdge>>> SomeEdgesAtAsync(
        IReadOnlyCollection<EndKey> ends, int limit, CancellationToken cancellationToken);

    /// <summary>The recorded edges between these pairs; pairs without one are left out.</summary>
    ValueTask<IReadOnlyDictionary<EdgeKey, StoredEdge>> EdgesBetweenAsync(IReadOnlyCollection<EdgeKey> pairs, CancellationToken cancellationToken);

    /// <summary>
    /// The recorded edges with these links; null where the edge has ended and that is still kept. Unknown links are left out.
    /// </summary>
    ValueTask<IReadOnlyDictionary<long, StoredEdge?>> FindByLinkAsync(IReadOnlyCollection<long> links, CancellationToken cancellationToken);

    /// <summary>Every recorded edge of these assets, each once, in the order they were recorded.</summary>
    ValueTask<ImmutableArray<StoredEdge>> EdgesOfAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken);

    /// <summary>
    /// The commits that hold the events after a sequence, oldest first, as many as it takes for <paramref name="limit"/>
    /// events or until the head; the first one may begin before the position. Commits without events are left out.
    /// </summary>
    ValueTask<ImmutableArray<LoggedCommit>> ReadLogAsync(long afterSequence, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The request that an actor sent with a key and that a commit answered, unless that was before
    /// <paramref name="notBefore"/> (epoch milliseconds) or the commit is not kept any more; otherwise null.
    /// </summary>
    ValueTask<AnsweredRequest?> FindRequestAsync(string actor, string key, long notBefore, CancellationToken cancellationToken);

    /// <summary>The states that revisions hold, by revision; trimmed ones are left out.</summary>
    ValueTask<IReadOnlyDictionary<long, AssetState>> StatesAsync(IReadOnlyCollection<long> revisions, CancellationToken cancellationToken);

    /// <summary>The commits that created these assets.</summary>
    ValueTask<IReadOnlyDictionary<AssetId, CommitStamp>> CreationsAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken);

    /// <summary>Assets that are not purged, in the order of their numbers after one; at most <paramref name="limit"/>.</summary>
    ValueTask<ImmutableArray<StoredAsset>> ScanAsync(AssetId after, int limit, CancellationToken cancellationToken);

    /// <summary>The last commit before the one that holds an event; the last of all when that event is still to come.</summary>
    ValueTask<CommitNumber> CommitBeforeAsync(long sequence, CancellationToken cancellationToken);

    /// <summary>The last commit whose time is before a time, epoch milliseconds; zero when there is none.</summary>
    ValueTask<CommitNumber> CommitBeforeTimeAsync(long time, CancellationToken cancellationToken);

    /// <summary>
    /// These commits with their events, but for numbers that no commit has. Of a trimmed one the log may be empty.
    /// </summary>
    ValueTask<IReadOnlyDictionary<CommitNumber, LoggedCommit>> CommitsAsync(
        IReadOnlyCollection<CommitNumber> commits, CancellationToken cancellationToken);

    /// <summary>
    /// An asset's versions from <paramref name="atMost"/> down, the newest first and at most <paramref name="limit"/>; its
    /// first one included. Trimmed ones may be left out.
    /// </summary>
    ValueTask<ImmutableArray<AssetVersion>> VersionsAsync(AssetId asset, long atMost, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The assets with these numbers as they were right after a commit, which must not lie before
    /// <see cref="CatalogHead.Trimmed"/>; assets that were created later are left out.
    /// </summary>
    ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken);

    /// <summary>
    /// Every edge of these assets that was recorded right after a commit, which must not lie before
    /// <see cref="CatalogHead.Trimmed"/>; each once, in the order they were recorded, and with the status that their ends had.
    /// </summary>
    ValueTask<ImmutableArray<StoredEdge>> EdgesAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken);

    /// <summary>
    /// The edges of these relationship attributes that were recorded right after a commit, which must not lie before
    /// <see cref="CatalogHead.Trimmed"/>; each once, in the order they were recorded, and with the status that their ends had.
    /// Never more than <paramref name="limit"/>; where there are more it gives so many, no matter which.
    /// </summary>
    ValueTask<ImmutableArray<StoredEdge>> BoundedEdgesAsync(
        IReadOnlyCollection<EndKey> ends, CommitNumber commit, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Which of these types, given by number, something is of: an asset in use or archived, or a recorded edge. May look
    /// through all assets and edges.
    /// </summary>
    ValueTask<ImmutableArray<int>> TypesInUseAsync(IReadOnlyCollection<int> types, CancellationToken cancellationToken);

    /// <summary>Those of the tags that are still to be passed on somewhere.</summary>
    ValueTask<IReadOnlySet<TagKey>> PendingTagsAsync(IReadOnlyCollection<TagKey> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Places where tags are still to be passed on, after one and in the order of their ids, at most <paramref name="limit"/>; those
    /// of one tag only, unless <paramref name="of"/> is null.
    /// </summary>
    ValueTask<ImmutableArray<TagWork>> TagWorkAsync(TagKey? of, TagWorkId after, int limit, CancellationToken cancellationToken);

    /// <summary>The tags that are still to be passed on, the oldest first and at most <paramref name="limit"/>, each with how many places there are.</summary>
    ValueTask<ImmutableArray<(TagKey Key, long Places)>> CountTagWorkAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The purged assets that had these guids, as their last version was; those whose purging has been trimmed are left out. Their
    /// past can be read by their numbers.
    /// </summary>
    ValueTask<IReadOnlyDictionary<Guid, StoredAsset>> FindPurgedAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken);

    /// <summary>The numbers of purged assets after one, in order and at most <paramref name="limit"/>; trimmed ones are left out.</summary>
    ValueTask<ImmutableArray<AssetId>> ScanPurgedAsync(AssetId after, int limit, CancellationToken cancellationToken);

    /// <summary>The commits that archived these assets, which are archived now; where that has been trimmed it is left out.</summary>
    ValueTask<IReadOnlyDictionary<AssetId, CommitNumber>> ArchivingsAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken);

    /// <summary>
    /// The commits that archived these assets, which were archived right after a commit that does not lie before
    /// <see cref="CatalogHead.Trimmed"/>; where that has been trimmed it is left out.
    /// </summary>
    ValueTask<IReadOnlyDictionary<AssetId, CommitNumber>> ArchivingsAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken);

    /// <summary>The type definitions of the snapshot, removed ones included.</summary>
    ValueTask<ImmutableArray<StoredType>> TypesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The assets that hold a key of a kind with a value from one on and before another, in descending order of the values; with
    /// <paramref name="onlyInUse"/> those that are in use. A range of the key's own order is read, and nothing else.
    /// </summary>
    ValueTask<ImmutableArray<AssetId>> FindBetweenAsync(int kind, string from, string before, bool onlyInUse, CancellationToken cancellationToken);

    /// <summary>The newest jobs of the snapshot, at most <paramref name="limit"/>.</summary>
    ValueTask<ImmutableArray<DeletionJob>> JobsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>A job; null when there is none of that id.</summary>
    ValueTask<DeletionJob?> FindJobAsync(Guid job, CancellationToken cancellationToken);

    /// <summary>The catalog's settings of the snapshot; the default ones when none were ever written.</summary>
    ValueTask<CatalogSettings> SettingsAsync(CancellationToken cancellationToken);
}
