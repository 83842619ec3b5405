using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Derive;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Save.Record;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save.Import;

/// <summary>
/// Plans the archiving of exactly these assets, in one commit, so that restoring one brings back what was archived with it where
/// the file comes from. Parts do not follow: the file says itself what is archived.
/// </summary>
/// <param name="scope">The planning.</param>
internal sealed class ArchivePlanner(PlanningScope scope)
{
    /// <summary>Plans the archiving.</summary>
    /// <returns>The plan, and how many assets are archived already.</returns>
    public async ValueTask<(PlanOutcome Outcome, int Known)> PlanAsync(ImmutableArray<Guid> guids, CancellationToken cancellationToken)
    {
        var pool = new AssetPool(scope);
        var edges = new EdgeBook(scope.Registry);
        var found = await scope.FindByGuidAsync(guids, cancellationToken);
        await pool.LoadAsync(found.Values, cancellationToken);
        foreach (var (guid, place) in guids.Select((guid, place) => (guid, place)).Where(item => !found.ContainsKey(item.guid)))
        {
            scope.Report(Errors.ErrorCodes.GuidNotFound, $"archived[{place}]", $"Given instance guid {guid} is invalid/not found", guid.ToString("D"));
        }

        if (scope.HasProblems)
        {
            return (scope.Rejection, 0);
        }

        ImmutableArray<BatchAsset> active = [.. guids.Distinct().Select(guid => pool.Find(guid)!).Where(asset => asset.StatusBefore == AssetStatus.Active)];
        foreach (var guid in guids)
        {
            scope.RelyOn(ConflictMarks.Life(guid));
            scope.RelyOn(ConflictMarks.State(guid));
            scope.RelyOn(ConflictMarks.Name(guid));
        }

        var touched = await scope.EdgesOfAsync(active.ToDictionary(asset => asset.Id, asset => asset.Guid), cancellationToken);
        edges.Add(touched);
        await pool.LoadAsync(touched.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }), cancellationToken);
        foreach (var end in touched.SelectMany(edge => new[] { edge.End1, edge.End2 }))
        {
            scope.RelyOn(ConflictMarks.Life(end.Guid));
            scope.RelyOn(ConflictMarks.Name(end.Guid));
        }

        foreach (var asset in active)
        {
            asset.StatusAfter = AssetStatus.Deleted;
        }

        var batch = new DerivedBatch(
            [], edges, pool, [.. active.Select(asset => new StatusStep(asset, Owner: null, 0))], [], ImmutableDictionary<Guid, IReadOnlyList<DerivedCause>>.Empty, []);
        return (Recorder.Record(scope, Differ.Compare(batch, ImmutableHashSet<int>.Empty)), guids.Length - active.Length);
    }
}
