using Cartulary.Core.Assets;

namespace Cartulary.Core.Tags;

/// <summary>
/// Finds out whether a path of assets that have a tag leads from its source to an asset: backwards, level by level, so that
/// assets which only hold each other up in a circle are told from those that the source holds. What it has found stays found,
/// for nothing on such a path loses the tag.
/// </summary>
/// <param name="graph">What it looks at.</param>
internal sealed class SupportSearch(ITagGraph graph)
{
    private readonly HashSet<Carried> _found = [];

    /// <summary>Whether a path has been found.</summary>
    public bool IsFound(Carried carried) => _found.Contains(carried);

    /// <summary>Looks for a path to each of these.</summary>
    /// <param name="sought">The assets and tags.</param>
    /// <param name="atSource">How a tag is at its source.</param>
    /// <param name="has">Whether an asset has a tag.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when that is more than may be looked at.</returns>
    public async ValueTask<bool> FindAsync(
        IReadOnlyCollection<Carried> sought, Func<TagKey, AssetTag?> atSource, Func<Guid, TagKey, bool> has, CancellationToken cancellationToken)
    {
        var seen = sought.ToHashSet();
        var leadsTo = new Dictionary<Carried, List<Carried>>();
        var level = sought.Where(carried => !IsFound(carried)).ToList();
        while (level.Count > 0 && !sought.All(IsFound))
        {
            if (!await graph.LoadInAsync([.. level.Select(carried => carried.Asset).Distinct()], cancellationToken))
            {
                return false;
            }

            var next = new List<Carried>();
            foreach (var carried in level.Where(carried => !IsFound(carried)))
            {
                foreach (var from in Before(carried, atSource, has))
                {
                    if (from.Asset == from.Key.Source || IsFound(from))
                    {
                        Found(carried, leadsTo);
                        break;
                    }

                    (leadsTo.TryGetValue(from, out var after) ? after : leadsTo[from] = []).Add(carried);
                    if (seen.Add(from))
                    {
                        next.Add(from);
                    }
                }
            }

            level = [.. next.Where(carried => !IsFound(carried))];
        }

        return true;
    }

    private IEnumerable<Carried> Before(Carried carried, Func<TagKey, AssetTag?> atSource, Func<Guid, TagKey, bool> has)
    {
        var tag = atSource(carried.Key)!;
        return graph.In(carried.Asset)
            .Where(way => tag.Takes(way.Path) && has(way.From, carried.Key) && tag.Leaves(way.From, graph.IsActive(way.From)))
            .Select(way => new Carried(way.From, carried.Key));
    }

    private void Found(Carried carried, Dictionary<Carried, List<Carried>> leadsTo)
    {
        var open = new Stack<Carried>([carried]);
        while (open.TryPop(out var found))
        {
            if (_found.Add(found) && leadsTo.TryGetValue(found, out var after))
            {
                after.ForEach(open.Push);
            }
        }
    }
}
