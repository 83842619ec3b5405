using Cartulary.Core.Save.Derive;

namespace Cartulary.Core.Save.Diff;

/// <summary>Orders the archived assets of a save so that whatever is contained comes before what contains it.</summary>
internal sealed class ArchiveOrder
{
    private readonly Dictionary<BatchAsset, List<BatchAsset>> _containers = [];
    private readonly Dictionary<BatchAsset, int> _depths = [];

    public ArchiveOrder(DerivedBatch batch)
    {
        var archived = batch.Archived.Select(step => step.Asset).ToHashSet();
        foreach (var entry in batch.Edges.All)
        {
            var (one, two) = (batch.Pool.Find(entry.End1), batch.Pool.Find(entry.End2));
            if (one is null || two is null || !archived.Contains(one) || !archived.Contains(two))
            {
                continue;
            }

            if (entry.Relationship.End1.Definition.IsContainer)
            {
                Contain(one, two);
            }
            else if (entry.Relationship.End2.Definition.IsContainer)
            {
                Contain(two, one);
            }
        }
    }

    /// <summary>How many containers stand above an asset; the deepest come first.</summary>
    public int DepthOf(BatchAsset asset)
    {
        if (_depths.TryGetValue(asset, out var depth))
        {
            return depth;
        }

        // Containers that contain each other in a circle have no order; the first one met counts as the outermost.
        _depths[asset] = 0;
        if (_containers.TryGetValue(asset, out var containers))
        {
            depth = containers.Max(DepthOf) + 1;
        }

        return _depths[asset] = depth;
    }

    private void Contain(BatchAsset container, BatchAsset part)
    {
        if (!_containers.TryGetValue(part, out var containers))
        {
            _containers.Add(part, containers = []);
        }

        containers.Add(container);
    }
}
