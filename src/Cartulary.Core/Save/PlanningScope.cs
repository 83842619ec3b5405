using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Explain;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>
/// What every stage of one planning shares: the snapshot, its types, the limits, the problems found so far, and the marks of
/// all that has been relied upon. Reads go through it, so that nothing is read without being marked.
/// </summary>
internal sealed class PlanningScope(IReadSession session, TypeRegistry registry, SaveLimits limits, CommitContext context, SaveTerms terms, IIdSource ids)
{
    private readonly HashSet<ulong> _reads = [];
    private readonly ProblemList _problems = new();

    public TypeRegistry Registry => registry;

    public SaveLimits Limits => limits;

    public CommitContext Context => context;

    public SaveTerms Terms => terms;

    public IIdSource Ids => ids;

    public CatalogHead Head => session.Head;

    /// <summary>Is told which members of the request change nothing; null when nobody wants to know.</summary>
    public VerdictSink? Verdicts { get; init; }

    public ImmutableArray<ulong> Reads => [.. _reads];

    /// <summary>The outcome when there are problems.</summary>
    public PlanOutcome.Rejected Rejection => new(_problems.ToImmutable()) { Omitted = _problems.Omitted };

    /// <summary>Listings of the request that mean no asset, for a reason that has been reported.</summary>
    public UnresolvedListings Unresolved { get; } = new();

    /// <summary>What the listings of the request turned out to mean; null before that is known.</summary>
    public Listings? Listings { get; set; }

    /// <summary>What a part of a request is not judged by.</summary>
    public Withheld Withheld { get; private init; } = Withheld.Nothing;

    /// <summary>A scope to look at a part of a request that was refused.</summary>
    public PlanningScope ForPart(Withheld withheld) => new(session, registry, limits, context, terms, ids) { IsOnlyLooking = true, Withheld = withheld };

    public int ProblemCount => _problems.Count;

    /// <summary>How many names the request gives that their types do not have.</summary>
    public int UnknownNames { get; set; }

    public bool HasProblems => _problems.Count > 0;

    public void Report(ErrorCode code, string path, string message, string? entityGuid = null) =>
        _problems.Add(new Problem(code, path, message, entityGuid));

    public void Report(Problem problem) => _problems.Add(problem);

    /// <summary>Notes what was found before the planning: whatever is planned now is not to be carried out.</summary>
    public void Report(ReadOutcome.Refused refused) => _problems.Add(refused.Problems, refused.Omitted);

    /// <summary>Marks something as relied upon.</summary>
    public void RelyOn(ulong mark)
    {
        if (!IsOnlyLooking)
        {
            _reads.Add(mark);
        }
    }

    /// <summary>Whether nothing of what is read is relied upon, because nothing is planned from it.</summary>
    public bool IsOnlyLooking { get; init; }

    /// <summary>Those of the tags that are still to be passed on somewhere.</summary>
    public ValueTask<IReadOnlySet<TagKey>> PendingTagsAsync(IReadOnlyCollection<TagKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            RelyOn(ConflictMarks.TagWork(key));
        }

        return session.PendingTagsAsync(keys, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<Guid, AssetId>> FindByGuidAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken) =>
        guids.Count == 0 ? new(ImmutableDictionary<Guid, AssetId>.Empty) : session.FindByGuidAsync(guids, cancellationToken);

    /// <summary>The purged assets that had these guids; a purged one stays so.</summary>
    public ValueTask<IReadOnlyDictionary<Guid, StoredAsset>> FindPurgedAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken) =>
        guids.Count == 0 ? new(ImmutableDictionary<Guid, StoredAsset>.Empty) : session.FindPurgedAsync(guids, cancellationToken);

    public ValueTask<ImmutableArray<KeyMatch>> FindByKeyAsync(IReadOnlyCollection<AssetKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            RelyOn(ConflictMarks.Key(key));
        }

        return keys.Count == 0 ? new([]) : session.FindByKeyAsync(keys, cancellationToken);
    }

    /// <summary>Loads assets; what of them is relied upon depends on their part in the save, and is marked there.</summary>
    public ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        assets.Count == 0 ? new(ImmutableDictionary<AssetId, StoredAsset>.Empty) : session.LoadAsync(assets, cancellationToken);

    public ValueTask<IReadOnlyDictionary<AssetId, CommitNumber>> ArchivingsAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        assets.Count == 0 ? new(ImmutableDictionary<AssetId, CommitNumber>.Empty) : session.ArchivingsAsync(assets, cancellationToken);

    public async ValueTask<IEnumerable<StoredEdge>> EdgesAtAsync(IReadOnlyDictionary<EndKey, Guid> ends, CancellationToken cancellationToken)
    {
        foreach (var (end, guid) in ends)
        {
            RelyOn(ConflictMarks.End(guid, end.RelationshipId, end.IsSymmetric ? EndSide.One : end.Side));
        }

        return ends.Count == 0 ? [] : (await session.EdgesAtAsync([.. ends.Keys], cancellationToken)).Values.SelectMany(edges => edges);
    }

    /// <summary>The same, but at most <paramref name="limit"/> edges of each attribute.</summary>
    public ValueTask<IReadOnlyDictionary<EndKey, ImmutableArray<StoredEdge>>> SomeEdgesAtAsync(
        IReadOnlyDictionary<EndKey, Guid> ends, int limit, CancellationToken cancellationToken)
    {
        foreach (var (end, guid) in ends)
        {
            RelyOn(ConflictMarks.End(guid, end.RelationshipId, end.IsSymmetric ? EndSide.One : end.Side));
        }

        return ends.Count == 0
            ? new(ImmutableDictionary<EndKey, ImmutableArray<StoredEdge>>.Empty)
            : session.SomeEdgesAtAsync([.. ends.Keys], limit, cancellationToken);
    }

    public async ValueTask<IEnumerable<StoredEdge>> EdgesBetweenAsync(IReadOnlyDictionary<EdgeKey, (Guid End1, Guid End2)> pairs, CancellationToken cancellationToken)
    {
        foreach (var (pair, guids) in pairs)
        {
            RelyOn(ConflictMarks.Edge(pair.RelationshipId, guids.End1, guids.End2));
        }

        return pairs.Count == 0 ? [] : (await session.EdgesBetweenAsync([.. pairs.Keys], cancellationToken)).Values;
    }

    /// <summary>Finds edges by their links; what of them is relied upon is marked where they are read from their ends.</summary>
    public ValueTask<IReadOnlyDictionary<long, StoredEdge?>> FindByLinkAsync(IReadOnlyCollection<long> links, CancellationToken cancellationToken) =>
        session.FindByLinkAsync(links, cancellationToken);

    public ValueTask<ImmutableArray<StoredEdge>> EdgesOfAsync(IReadOnlyDictionary<AssetId, Guid> assets, CancellationToken cancellationToken)
    {
        foreach (var guid in assets.Values)
        {
            RelyOn(ConflictMarks.AnyEnd(guid));
        }

        return assets.Count == 0 ? new([]) : session.EdgesOfAsync([.. assets.Keys], cancellationToken);
    }
}
