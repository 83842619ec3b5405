using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// What the writer's transaction knows of stored rows, together with what the group's members have done to them. From it
/// each member gets its numbers and its lists of partners as they are after its own commit, and no later one.
/// </summary>
internal sealed class GroupState
{
    private const int TooLongMax = 20_000;

    private readonly Dictionary<long, AssetTrack> _assets = [];
    private readonly HashSet<long> _recorded = [];
    private readonly Dictionary<long, long> _closed = [];
    private readonly Dictionary<(long Asset, int Type, EndSide Side), List<OpenedEdge>> _opened = [];
    private readonly Dictionary<ListKey, PartnerList> _lists = [];

    // A list that was too long stays so until an edge ends or an asset is archived, here or on another server. Unlike the
    // rest this is kept from group to group.
    private readonly HashSet<ListKey> _tooLong = [];

    /// <summary>Forgets the group.</summary>
    public void Clear()
    {
        _assets.Clear();
        _recorded.Clear();
        _closed.Clear();
        _opened.Clear();
        _lists.Clear();
    }

    /// <summary>Some lists may have become shorter.</summary>
    public void Shorten() => _tooLong.Clear();

    /// <summary>An asset, or null when it has not been read or created.</summary>
    public AssetTrack? Find(long asset) => _assets.GetValueOrDefault(asset);

    public void Add(long asset, AssetTrack track) => _assets.TryAdd(asset, track);

    public void AddRecordedEdge(long edge)
    {
        if (!_closed.ContainsKey(edge))
        {
            _recorded.Add(edge);
        }
    }

    /// <summary>Ends an edge; false when it is not recorded.</summary>
    public bool TryClose(long edge, long commit)
    {
        if (!_recorded.Remove(edge))
        {
            return false;
        }

        _closed.Add(edge, commit);
        return true;
    }

    /// <summary>Notes an edge that a member records, for the lists of both of its ends.</summary>
    public void Open(int type, long end1, long end2, long link, long commit)
    {
        OpenedAt(end1, type, EndSide.One).Add(new OpenedEdge(commit, link, end2));
        OpenedAt(end2, type, EndSide.Two).Add(new OpenedEdge(commit, link, end1));
    }

    /// <summary>Whether an edge was looked up already and found.</summary>
    public bool HasRead(long edge) => _recorded.Contains(edge) || _closed.ContainsKey(edge);

    /// <summary>Lists were read with too little room for what is taken away now; they are read again where they are needed.</summary>
    public void ForgetLists() => _lists.Clear();

    public bool NeedsList(ListKey list) => !_lists.ContainsKey(list) && !_tooLong.Contains(list);

    /// <summary>A list is read; what later members do comes on top.</summary>
    public void BeginList(ListKey list, long asOf) => _lists[list] = new PartnerList(asOf, []);

    public void AddPartner(ListKey list, PartnerRow partner) => _lists[list].Rows.Add(partner);

    /// <summary>The partners in use after a commit, in the order their edges were recorded; null when there are too many.</summary>
    public List<(long Revision, PartnerRow Partner)>? PartnersAt(ListKey list, long commit)
    {
        if (_tooLong.Contains(list))
        {
            return null;
        }

        var partners = new List<(long Revision, PartnerRow Partner)>();
        var asOf = 0L;
        if (_lists.TryGetValue(list, out var read))
        {
            asOf = read.AsOf;
            foreach (var row in read.Rows)
            {
                if (!(_closed.TryGetValue(row.Edge, out var end) && end <= commit))
                {
                    AddIfInUse(partners, row, commit);
                }
            }
        }

        var (side, both) = (list.Request.Side, list.Request.IsSymmetric);
        AddOpened(partners, list, both ? EndSide.One : side, asOf, commit, exceptSelf: false);
        if (both)
        {
            AddOpened(partners, list, EndSide.Two, asOf, commit, exceptSelf: true);
        }

        if (partners.Count > list.Request.Limit)
        {
            NoteTooLong(list);
            return null;
        }

        partners.Sort(static (left, right) => left.Partner.Link.CompareTo(right.Partner.Link));
        return partners;
    }

    private void NoteTooLong(ListKey list)
    {
        if (_tooLong.Count >= TooLongMax)
        {
            _tooLong.Clear();
        }

        _tooLong.Add(list);
    }

    private void AddOpened(List<(long, PartnerRow)> partners, ListKey list, EndSide side, long asOf, long commit, bool exceptSelf)
    {
        if (!_opened.TryGetValue((list.Asset, list.Request.RelationshipId, side), out var opened))
        {
            return;
        }

        foreach (var edge in opened)
        {
            if (edge.Commit > asOf && edge.Commit <= commit && !(exceptSelf && edge.Partner == list.Asset))
            {
                var track = _assets[edge.Partner];
                var (revision, status) = track.AsRead;
                AddIfInUse(partners, new PartnerRow(0, edge.Link, edge.Partner, track.Guid, track.TypeId, revision, status), commit);
            }
        }
    }

    private void AddIfInUse(List<(long, PartnerRow)> partners, PartnerRow row, long commit)
    {
        var track = Find(row.Asset);
        if ((track?.StatusAt(commit, row.Status) ?? row.Status) == AssetStatus.Active)
        {
            partners.Add((track?.RevisionAt(commit, row.Revision) ?? row.Revision, row));
        }
    }

    private List<OpenedEdge> OpenedAt(long asset, int type, EndSide side)
    {
        if (!_opened.TryGetValue((asset, type, side), out var opened))
        {
            _opened.Add((asset, type, side), opened = []);
        }

        return opened;
    }

    private readonly record struct OpenedEdge(long Commit, long Link, long Partner);

    private sealed record PartnerList(long AsOf, List<PartnerRow> Rows);
}
