using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// Which assets a save archives, purges or restores: those asked for, and all that they own. Takes in every edge of them,
/// since edges are suspended, live again or end with their ends.
/// </summary>
internal sealed class StatusSteps(PlanningScope scope, AssetPool pool, EdgeBook edges)
{
    /// <summary>
    /// Parts go the way of their owner. What is archived already stays as it is, except that a purge takes everything, and that a
    /// part, which cannot be without its owner, goes with a purged owner in any case.
    /// </summary>
    public async ValueTask<ImmutableArray<StatusStep>> DeleteAsync(
        IReadOnlyCollection<BatchAsset> assets, DeletionKind kind, CancellationToken cancellationToken)
    {
        MarkNamed(assets);
        if (kind == DeletionKind.Archive)
        {
            return await WalkAsync(
                assets.Where(asset => asset.StatusBefore == AssetStatus.Active),
                AssetStatus.Deleted,
                static parts => new(parts.FindAll(step => step.Asset.StatusBefore == AssetStatus.Active)),
                cancellationToken);
        }

        AssetStatus? passedOver = kind switch
        {
            DeletionKind.Purge => null,
            DeletionKind.PurgeArchived => AssetStatus.Active,
            _ => AssetStatus.Deleted,
        };
        var steps = await WalkAsync(
            assets.Where(asset => asset.StatusBefore != passedOver), AssetStatus.Purged, static parts => new(parts), cancellationToken);
        EndEdgesOf(steps);
        return steps;
    }

    /// <summary>The parts that were archived together with their owner come back with it; those that were archived on their own do not.</summary>
    public ValueTask<ImmutableArray<StatusStep>> RestoreAsync(IReadOnlyCollection<BatchAsset> assets, CancellationToken cancellationToken)
    {
        MarkNamed(assets);
        return WalkAsync(
            assets.Where(asset => asset.StatusBefore == AssetStatus.Deleted), AssetStatus.Active, parts => ArchivedTogetherAsync(parts, cancellationToken), cancellationToken);
    }

    private async ValueTask<ImmutableArray<StatusStep>> WalkAsync(
        IEnumerable<BatchAsset> assets, AssetStatus to, Func<List<StatusStep>, ValueTask<List<StatusStep>>> choose, CancellationToken cancellationToken)
    {
        var steps = ImmutableArray.CreateBuilder<StatusStep>();
        var frontier = new List<BatchAsset>();
        foreach (var asset in assets)
        {
            Take(new StatusStep(asset, null, 0));
        }

        while (frontier.Count > 0 && steps.Count <= scope.Limits.ChangedAssetsPerSave)
        {
            var owners = frontier.ToDictionary(asset => asset.Id);
            frontier.Clear();
            var touched = await scope.EdgesOfAsync(owners.ToDictionary(pair => pair.Key, pair => pair.Value.Guid), cancellationToken);
            edges.Add(touched);
            await pool.LoadAsync(touched.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }), cancellationToken);
            MarkNeighbours(touched);
            (await choose([.. touched.Select(edge => PartIn(edge, owners)).OfType<StatusStep>()])).ForEach(Take);
        }

        return steps.ToImmutable();

        void Take(StatusStep step)
        {
            if (step.Asset.StatusAfter == step.Asset.StatusBefore && step.Asset.StatusBefore != to)
            {
                step.Asset.StatusAfter = to;
                scope.RelyOn(ConflictMarks.State(step.Asset.Guid));
                scope.RelyOn(ConflictMarks.Name(step.Asset.Guid));
                steps.Add(step);
                frontier.Add(step.Asset);
            }
        }
    }

    private StatusStep? PartIn(StoredEdge edge, Dictionary<AssetId, BatchAsset> owners)
    {
        var relationship = scope.Registry.Relationship(edge.RelationshipId);
        return OwnerAndOwned(relationship, edge) is { } pair && owners.TryGetValue(pair.Owner.Id, out var owner)
            ? new StatusStep(pool.Find(pair.Owned.Id)!, owner, relationship.Id)
            : null;
    }

    /// <summary>Those archived by the same commit as their owners; of times that were trimmed it is taken for granted.</summary>
    private async ValueTask<List<StatusStep>> ArchivedTogetherAsync(List<StatusStep> parts, CancellationToken cancellationToken)
    {
        var archived = parts.FindAll(step => step.Asset.StatusBefore == AssetStatus.Deleted);
        var commits = await scope.ArchivingsAsync(
            archived.SelectMany(step => new[] { step.Asset.Id, step.Owner!.Id }).ToHashSet(), cancellationToken);
        return archived.FindAll(step =>
            !commits.TryGetValue(step.Asset.Id, out var own) || !commits.TryGetValue(step.Owner!.Id, out var owners) || own == owners);
    }

    /// <summary>One that is passed over because of its status is relied upon too: another save may be changing it back.</summary>
    private void MarkNamed(IEnumerable<BatchAsset> assets)
    {
        foreach (var asset in assets)
        {
            scope.RelyOn(ConflictMarks.Life(asset.Guid));
        }
    }

    private void EndEdgesOf(ImmutableArray<StatusStep> purged)
    {
        var gone = purged.Select(step => step.Asset.Guid).ToHashSet();
        foreach (var entry in edges.All.Where(entry => gone.Contains(entry.End1) || gone.Contains(entry.End2)))
        {
            entry.IsRecorded = false;
        }
    }

    private void MarkNeighbours(ImmutableArray<StoredEdge> touched)
    {
        foreach (var edge in touched)
        {
            scope.RelyOn(ConflictMarks.Life(edge.End1.Guid));
            scope.RelyOn(ConflictMarks.Name(edge.End1.Guid));
            scope.RelyOn(ConflictMarks.Life(edge.End2.Guid));
            scope.RelyOn(ConflictMarks.Name(edge.End2.Guid));
        }
    }

    private static (EdgeEnd Owner, EdgeEnd Owned)? OwnerAndOwned(RelationshipType relationship, StoredEdge edge)
    {
        if (relationship.End1.OwnsPartners)
        {
            return (edge.End1, edge.End2);
        }

        return relationship.End2.OwnsPartners ? (edge.End2, edge.End1) : null;
    }
}
