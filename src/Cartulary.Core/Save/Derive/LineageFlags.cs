using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Keeps <c>__hasLineage</c>: true for a process in use that has a live input and a live output, and for an asset joined to
/// such a process. A change of one process may flip assets two steps away. Archived assets keep the flag they had.
/// </summary>
internal sealed class LineageFlags(PlanningScope scope, ResolvedBatch batch, DraftSet drafts)
{
    /// <summary>The attribute.</summary>
    public const string Flag = "__hasLineage";

    private const string ProcessType = "Process";
    private readonly Dictionary<Guid, IReadOnlyList<DerivedCause>> _causes = [];
    private readonly Dictionary<Guid, bool> _processes = [];
    private readonly HashSet<BatchAsset> _flipped = [];

    /// <summary>For each asset whose flag changes, the processes it may follow from; not all of them need change themselves.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<DerivedCause>> Causes => _causes;

    public async ValueTask ApplyAsync(CancellationToken cancellationToken)
    {
        var process = scope.Registry.FindEntity(ProcessType);
        var ends = process is null ? [] : process.EndsNamed("inputs").Concat(process.EndsNamed("outputs")).ToList();
        if (ends.Count != 2)
        {
            return;
        }

        var (inputs, outputs) = (ends[0], ends[1]);
        var affected = Affected(inputs, outputs);
        var returned = Returned();
        if (affected.Count == 0 && returned.Count == 0)
        {
            return;
        }

        await LoadEndsAsync(affected, [inputs, outputs], cancellationToken);
        foreach (var asset in affected.Where(asset => asset.StatusAfter == AssetStatus.Active))
        {
            _processes[asset.Guid] = IsAnyLive(inputs, asset) && IsAnyLive(outputs, asset);
            if (_processes[asset.Guid] != FlagOf(asset))
            {
                _flipped.Add(asset);
            }

            SetFlag(asset, _processes[asset.Guid], causes: null);
        }

        await UpdateNeighboursAsync(affected, returned, inputs, outputs, cancellationToken);
    }

    /// <summary>
    /// Restored assets that had lineage when they were archived: the processes may have left them meanwhile, and then no edge
    /// leads to them.
    /// </summary>
    private List<BatchAsset> Returned() =>
        [.. batch.Restored.Select(step => step.Asset).Where(asset => !asset.Type.Is(ProcessType) && FlagOf(asset))];

    /// <summary>
    /// Processes with a new, ended or re-lived edge, or of which one end or they themselves change their status; restored ones
    /// also without any edge.
    /// </summary>
    private HashSet<BatchAsset> Affected(EndAttribute inputs, EndAttribute outputs)
    {
        var affected = batch.Restored.Select(step => step.Asset).Where(asset => asset.Type.Is(ProcessType)).ToHashSet();
        foreach (var entry in batch.Edges.All.Where(entry => entry.Relationship == inputs.Relationship || entry.Relationship == outputs.Relationship))
        {
            var end = entry.Relationship == inputs.Relationship ? inputs : outputs;
            var process = batch.Pool.Find(end.Side == EndSide.One ? entry.End1 : entry.End2);
            var other = batch.Pool.Find(end.Side == EndSide.One ? entry.End2 : entry.End1);
            if (process is not null && !GoesLater(process) && (entry.IsOpened || entry.IsClosed || process.StatusChanges || other is { StatusChanges: true }))
            {
                affected.Add(process);
            }
        }

        return affected;
    }

    /// <summary>A process that a later step of a job deletes stays as it is until then, and so do those that have lineage by it.</summary>
    private bool GoesLater(BatchAsset process) => batch.Job is { } job && !process.StatusChanges && job.Covers(process);

    private async ValueTask LoadEndsAsync(IEnumerable<BatchAsset> assets, IReadOnlyList<EndAttribute> ends, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<EndKey, Guid>();
        foreach (var asset in assets)
        {
            foreach (var end in ends)
            {
                EdgeQueries.AddEnd(wanted, asset, end);
            }
        }

        var edges = (await scope.EdgesAtAsync(wanted, cancellationToken)).ToList();
        batch.Edges.Add(edges);
        await batch.Pool.LoadAsync(edges.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }), cancellationToken);
        foreach (var edge in edges)
        {
            scope.RelyOn(ConflictMarks.Life(edge.End1.Guid));
            scope.RelyOn(ConflictMarks.Life(edge.End2.Guid));
        }
    }

    /// <summary>The assets joined to affected processes, before or after the save, and those that come back.</summary>
    private async ValueTask UpdateNeighboursAsync(
        HashSet<BatchAsset> affected, List<BatchAsset> returned, EndAttribute inputs, EndAttribute outputs, CancellationToken cancellationToken)
    {
        var neighbours = new Dictionary<BatchAsset, List<DerivedCause>>();
        foreach (var process in affected)
        {
            foreach (var end in new[] { inputs, outputs })
            {
                foreach (var entry in batch.Edges.At(end, process.Guid))
                {
                    if (batch.Pool.Find(entry.Other(process.Guid)) is { StatusAfter: AssetStatus.Active } neighbour && MayChange(process, entry, neighbour))
                    {
                        (neighbours.TryGetValue(neighbour, out var causes) ? causes : neighbours[neighbour] = []).Add(new DerivedCause(process.Guid, entry.Relationship.Id));
                    }
                }
            }
        }

        foreach (var asset in returned)
        {
            neighbours.TryAdd(asset, []);
        }

        ILookup<bool, BatchAsset> byReach = neighbours.Keys.ToLookup(asset => IsReached(asset, inputs, outputs));
        foreach (var asset in byReach[true])
        {
            SetFlag(asset, value: true, neighbours[asset]);
        }

        var doubtful = byReach[false].Where(asset => FlagOf(asset)).ToList();
        await LoadEndsAsync(doubtful, [inputs.Inverse, outputs.Inverse], cancellationToken);
        foreach (var asset in doubtful)
        {
            SetFlag(asset, IsReached(asset, inputs, outputs), neighbours[asset]);
        }
    }

    /// <summary>What stands between a process and a neighbour is the same unless the edge, its ends or the process' own flag change.</summary>
    private bool MayChange(BatchAsset process, EdgeEntry entry, BatchAsset neighbour) =>
        entry.IsOpened || entry.IsClosed || process.StatusChanges || neighbour.StatusChanges || _flipped.Contains(process);

    private bool IsReached(BatchAsset asset, EndAttribute inputs, EndAttribute outputs) =>
        new[] { inputs.Inverse, outputs.Inverse }.Any(end =>
            batch.Edges.RecordedAt(end, asset.Guid).Any(entry => HasLineage(batch.Pool.Find(entry.Other(asset.Guid)))));

    private bool HasLineage(BatchAsset? process)
    {
        if (process is null)
        {
            return false;
        }

        scope.RelyOn(ConflictMarks.Life(process.Guid));
        if (process.StatusAfter != AssetStatus.Active)
        {
            return false;
        }

        if (_processes.TryGetValue(process.Guid, out var flag))
        {
            return flag;
        }

        scope.RelyOn(ConflictMarks.State(process.Guid));
        return FlagOf(process);
    }

    private bool IsAnyLive(EndAttribute end, BatchAsset process) => batch.Edges.RecordedAt(end, process.Guid)
        .Any(entry => batch.Pool.Find(entry.Other(process.Guid)) is { StatusAfter: AssetStatus.Active });

    private bool FlagOf(BatchAsset asset) =>
        asset.Type.Attribute(Flag) is { } attribute && (drafts.Find(asset)?.Get(attribute) ?? asset.Stored?.State.Find(attribute.Id)) is { IsTrue: true };

    private void SetFlag(BatchAsset asset, bool value, IReadOnlyList<DerivedCause>? causes)
    {
        // A flag that already stands is relied upon as much as one that changes: another save may be taking it away.
        scope.RelyOn(ConflictMarks.State(asset.Guid));
        scope.RelyOn(ConflictMarks.Name(asset.Guid));
        if (asset.Type.Attribute(Flag) is not { } attribute || FlagOf(asset) == value)
        {
            return;
        }

        drafts.For(asset).Set(attribute, CanonicalValue.FromBoolean(value));
        if (causes is { Count: > 0 })
        {
            _causes[asset.Guid] = causes;
        }
    }
}
