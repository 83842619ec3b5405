using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>Reads the live partners that a commit writes into its events, as they are inside the transaction.</summary>
internal sealed class PartnerLists
{
    private const int RememberedMax = 20_000;

    // Without LIMIT: SQLite prepares a statement anew whenever another limit is bound, which costs more than the query.
    private const string From1 =
        """
        SELECT e.link, a.guid, a.type, a.rev
        FROM edge e JOIN asset a ON a.id = e.end2
        WHERE e.end1 = ?1 AND e.type = ?2 AND e.closed IS NULL AND a.status = 1
        """;

    private const string From2 =
        """
        SELECT e.link, a.guid, a.type, a.rev
        FROM edge e JOIN asset a ON a.id = e.end1
        WHERE e.end2 = ?1 AND e.type = ?2 AND e.closed IS NULL AND a.status = 1
        """;

    private const string RevisionState = "SELECT state FROM revision WHERE id = ?1";

    private readonly Statement _from1;
    private readonly Statement _from2;
    private readonly Statement _state;
    private readonly List<Partner> _partners = [];

    // A busy parent lists the same partners with every save, and a revision's name never changes.
    private readonly Dictionary<long, string> _names = [];

    // A list that was too long stays so until an edge ends or an asset is archived, so it need not be counted every time.
    private readonly HashSet<(long Asset, EndListRequest Request)> _tooLong = [];
    private int _namesOf;

    public PartnerLists(Database database)
    {
        _from1 = database.Prepared(From1);
        _from2 = database.Prepared(From2);
        _state = database.Prepared(RevisionState);
    }

    /// <summary>The lists of an event's asset; a list that is longer than its limit is left out.</summary>
    public ImmutableArray<EndList> Read(long asset, ImmutableArray<EndListRequest> requests, int qualifiedNameId)
    {
        if (_namesOf != qualifiedNameId || _names.Count + _tooLong.Count > RememberedMax)
        {
            Forget();
            _namesOf = qualifiedNameId;
        }

        var lists = ImmutableArray.CreateBuilder<EndList>(requests.Length);
        foreach (var request in requests)
        {
            if (Collect(asset, request))
            {
                lists.Add(new EndList(request.RelationshipId, request.Side, Members(qualifiedNameId)));
            }
        }

        return lists.DrainToImmutable();
    }

    /// <summary>Tells, before lists are read, that a plan has made some of them shorter.</summary>
    public void Shorten() => _tooLong.Clear();

    /// <summary>Forgets what was read in a transaction that was undone: numbers given in it will mean something else.</summary>
    public void Forget()
    {
        _names.Clear();
        _tooLong.Clear();
    }

    /// <summary>Reads the partners in the order their edges were recorded; false when there are too many.</summary>
    private bool Collect(long asset, EndListRequest request)
    {
        if (_tooLong.Contains((asset, request)))
        {
            return false;
        }

        _partners.Clear();
        var isFit = true;
        if (request.IsSymmetric || request.Side == EndSide.One)
        {
            isFit = Collect(_from1, asset, request);
        }

        if (isFit && (request.IsSymmetric || request.Side == EndSide.Two))
        {
            isFit = Collect(_from2, asset, request);
        }

        if (!isFit)
        {
            _tooLong.Add((asset, request));
        }

        return isFit;
    }

    private bool Collect(Statement query, long asset, EndListRequest request)
    {
        query.Bind(1, asset).Bind(2, request.RelationshipId);
        while (query.Step())
        {
            var partner = new Partner(query.Long(0), query.Guid(1), query.Int(2), query.Long(3));

            // An asset that has an edge with itself is met from both ends, and counts once.
            if (request.IsSymmetric && _partners.Contains(partner))
            {
                continue;
            }

            _partners.Add(partner);
            if (_partners.Count > request.Limit)
            {
                query.Reset();
                return false;
            }
        }

        _partners.Sort(static (left, right) => left.Link.CompareTo(right.Link));
        return true;
    }

    private ImmutableArray<LoggedAsset> Members(int qualifiedNameId)
    {
        var members = ImmutableArray.CreateBuilder<LoggedAsset>(_partners.Count);
        foreach (var partner in _partners)
        {
            members.Add(new LoggedAsset(partner.Guid, partner.TypeId, NameOf(partner.Revision, qualifiedNameId)));
        }

        return members.MoveToImmutable();
    }

    private string NameOf(long revision, int qualifiedNameId)
    {
        if (!_names.TryGetValue(revision, out var name))
        {
            if (!_state.Bind(1, revision).Step())
            {
                throw new InvalidDataException($"Revision {revision}, which an asset names, is missing.");
            }

            name = AssetState.Decode(_state.Blob(0).ToArray()).Find(qualifiedNameId)?.AsText() ?? "";
            _state.Reset();
            _names.Add(revision, name);
        }

        return name;
    }

    private readonly record struct Partner(long Link, Guid Guid, int TypeId, long Revision);
}
