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
    private const int NamesMax = 20_000;

    private const string From1 =
        """
        SELECT e.link, a.guid, a.type, a.rev
        FROM edge e JOIN asset a ON a.id = e.end2
        WHERE e.end1 = ?1 AND e.type = ?2 AND e.closed IS NULL AND a.status = 1
        LIMIT ?3
        """;

    private const string From2 =
        """
        SELECT e.link, a.guid, a.type, a.rev
        FROM edge e JOIN asset a ON a.id = e.end1
        WHERE e.end2 = ?1 AND e.type = ?2 AND e.closed IS NULL AND a.status = 1
        LIMIT ?3
        """;

    // An asset that has an edge with itself is met from both ends, and counts once.
    private const string FromEither = "SELECT * FROM (SELECT * FROM (" + From1 + ") UNION SELECT * FROM (" + From2 + ")) LIMIT ?3";

    private const string RevisionState = "SELECT state FROM revision WHERE id = ?1";

    private readonly Statement _from1;
    private readonly Statement _from2;
    private readonly Statement _fromEither;
    private readonly Statement _state;
    private readonly List<Partner> _partners = [];

    // A busy parent lists the same partners with every save, and a revision's name never changes.
    private readonly Dictionary<long, string> _names = [];
    private int _namesOf;

    public PartnerLists(Database database)
    {
        _from1 = database.Prepared(From1);
        _from2 = database.Prepared(From2);
        _fromEither = database.Prepared(FromEither);
        _state = database.Prepared(RevisionState);
    }

    /// <summary>The lists of an event's asset; a list that is longer than its limit is left out.</summary>
    public ImmutableArray<EndList> Read(long asset, ImmutableArray<EndListRequest> requests, int qualifiedNameId)
    {
        if (_namesOf != qualifiedNameId || _names.Count > NamesMax)
        {
            _names.Clear();
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

    /// <summary>Forgets the names: numbers of revisions that were undone are given again.</summary>
    public void Forget() => _names.Clear();

    /// <summary>Reads the partners in the order their edges were recorded; false when there are too many.</summary>
    private bool Collect(long asset, EndListRequest request)
    {
        _partners.Clear();
        var query = request.IsSymmetric ? _fromEither : request.Side == EndSide.One ? _from1 : _from2;
        query.Bind(1, asset).Bind(2, request.RelationshipId).Bind(3, request.Limit + 1L);
        while (query.Step())
        {
            _partners.Add(new Partner(query.Long(0), query.Guid(1), query.Int(2), query.Long(3)));
        }

        _partners.Sort(static (left, right) => left.Link.CompareTo(right.Link));
        return _partners.Count <= request.Limit;
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
