using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// The edges of a save: the stored ones that it speaks of, and those it records. An edge of a symmetric relationship has the
/// lower guid at end 1.
/// </summary>
internal sealed class EdgeBook(TypeRegistry registry)
{
    private readonly Dictionary<(int Relationship, Guid End1, Guid End2), EdgeEntry> _entries = [];
    private readonly Dictionary<(Guid Asset, int Relationship, EndSide Side), List<EdgeEntry>> _byEnd = [];
    private readonly List<EdgeEntry> _ordered = [];

    /// <summary>All edges, in the order they were met.</summary>
    public IReadOnlyList<EdgeEntry> All => _ordered;

    /// <summary>Takes stored edges in; known ones are left as they are.</summary>
    public void Add(IEnumerable<StoredEdge> edges)
    {
        foreach (var edge in edges)
        {
            var key = (edge.RelationshipId, edge.End1.Guid, edge.End2.Guid);
            if (!_entries.ContainsKey(key))
            {
                Put(key, new EdgeEntry(registry.Relationship(edge.RelationshipId), edge.End1.Guid, edge.End2.Guid, edge));
            }
        }
    }

    /// <summary>The edge between an asset and a partner, if there is one or was one.</summary>
    public EdgeEntry? Find(EndAttribute end, Guid asset, Guid partner) => _entries.GetValueOrDefault(KeyOf(end, asset, partner));

    /// <summary>The edge between an asset and a partner; made, but not yet recorded, when there is none.</summary>
    public EdgeEntry FindOrMake(EndAttribute end, Guid asset, Guid partner)
    {
        var key = KeyOf(end, asset, partner);
        return _entries.TryGetValue(key, out var entry) ? entry : Put(key, new EdgeEntry(end.Relationship, key.End1, key.End2, stored: null));
    }

    /// <summary>The edges of one relationship attribute that are recorded after the save, as far as they have been taken in.</summary>
    public IEnumerable<EdgeEntry> RecordedAt(EndAttribute end, Guid asset) =>
        _byEnd.TryGetValue((asset, end.Relationship.Id, SideOf(end)), out var entries) ? entries.Where(entry => entry.IsRecorded) : [];

    /// <summary>All edges of one relationship attribute, as far as they have been taken in.</summary>
    public IReadOnlyList<EdgeEntry> At(EndAttribute end, Guid asset) =>
        _byEnd.TryGetValue((asset, end.Relationship.Id, SideOf(end)), out var entries) ? entries : [];

    private EdgeEntry Put((int Relationship, Guid End1, Guid End2) key, EdgeEntry entry)
    {
        _entries.Add(key, entry);
        _ordered.Add(entry);
        Index((key.End1, key.Relationship, EndSide.One), entry);
        Index((key.End2, key.Relationship, entry.Relationship.IsSymmetric ? EndSide.One : EndSide.Two), entry);
        return entry;
    }

    private void Index((Guid Asset, int Relationship, EndSide Side) key, EdgeEntry entry)
    {
        if (!_byEnd.TryGetValue(key, out var entries))
        {
            _byEnd.Add(key, entries = []);
        }

        entries.Add(entry);
    }

    private static EndSide SideOf(EndAttribute end) => end.Relationship.IsSymmetric ? EndSide.One : end.Side;

    private static (int Relationship, Guid End1, Guid End2) KeyOf(EndAttribute end, Guid asset, Guid partner)
    {
        var assetFirst = end.Relationship.IsSymmetric ? asset.CompareTo(partner) <= 0 : end.Side == EndSide.One;
        return assetFirst ? (end.Relationship.Id, asset, partner) : (end.Relationship.Id, partner, asset);
    }
}
