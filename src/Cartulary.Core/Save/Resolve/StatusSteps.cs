using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// Which assets a save archives or restores: those asked for, and all that they own. Takes in every edge of them, since
/// edges are suspended and live again with their ends.
/// </summary>
internal sealed class StatusSteps(PlanningScope scope, AssetPool pool, EdgeBook edges)
{
    public ValueTask<ImmutableArray<StatusStep>> ArchiveAsync(IEnumerable<BatchAsset> assets, CancellationToken cancellationToken) =>
        WalkAsync(assets, AssetStatus.Active, AssetStatus.Deleted, cancellationToken);

    public ValueTask<ImmutableArray<StatusStep>> RestoreAsync(IEnumerable<BatchAsset> assets, CancellationToken cancellationToken) =>
        WalkAsync(assets, AssetStatus.Deleted, AssetStatus.Active, cancellationToken);

    private async ValueTask<ImmutableArray<StatusStep>> WalkAsync(
        IEnumerable<BatchAsset> assets, AssetStatus from, AssetStatus to, CancellationToken cancellationToken)
    {
        var steps = ImmutableArray.CreateBuilder<StatusStep>();
        var frontier = new List<BatchAsset>();
        foreach (var asset in assets)
        {
            Take(new StatusStep(asset, null, 0));
        }

        while (frontier.Count > 0 && steps.Count <= scope.Limits.ChangedAssetsPerSave)
        {
            var owners = frontier.ToDictionary(asset => asset.Id, asset => asset.Guid);
            frontier.Clear();
            var touched = await scope.EdgesOfAsync(owners, cancellationToken);
            edges.Add(touched);
            await pool.LoadAsync(touched.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }), cancellationToken);
            MarkNeighbours(touched);
            foreach (var edge in touched)
            {
                var relationship = scope.Registry.Relationship(edge.RelationshipId);
                if (OwnerAndOwned(relationship, edge) is { } pair && owners.ContainsKey(pair.Owner.Id))
                {
                    Take(new StatusStep(pool.Find(pair.Owned.Id)!, pool.Find(pair.Owner.Id), relationship.Id));
                }
            }
        }

        return steps.ToImmutable();

        void Take(StatusStep step)
        {
            // One that is passed over because of its status is relied upon too: another save may be changing it back.
            scope.RelyOn(ConflictMarks.Life(step.Asset.Guid));
            if (step.Asset.StatusBefore == from && step.Asset.StatusAfter == from)
            {
                step.Asset.StatusAfter = to;
                scope.RelyOn(ConflictMarks.State(step.Asset.Guid));
                scope.RelyOn(ConflictMarks.Name(step.Asset.Guid));
                steps.Add(step);
                frontier.Add(step.Asset);
            }
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
