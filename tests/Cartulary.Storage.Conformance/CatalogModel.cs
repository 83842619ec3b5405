using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>A catalog as lists in memory: turns random steps into plans, and says what a store must show after them.</summary>
internal sealed class CatalogModel
{
    private const int Directed = 5;
    private const int Symmetric = 9;
    private static readonly ImmutableArray<EndListRequest> Lists = [new(Directed, EndSide.One, false, 2), new(Symmetric, EndSide.One, true, 2)];

    private readonly List<Asset> _assets = [];
    private readonly List<Edge> _edges = [];
    private readonly List<string> _log = [];
    private int _commits;
    private int _names;

    /// <summary>What a random step does; the numbers say in which order the steps of one plan are taken.</summary>
    public enum StepKind
    {
        Create = 0,
        Bump = 1,
        Rename = 2,
        Flip = 3,
        Open = 4,
        Close = 5,
    }

    /// <summary>Takes some steps on a state that must agree with the model, and makes a plan of them.</summary>
    public async ValueTask<PlanOutcome> PlanAsync(IReadSession session, IEnumerable<(StepKind Kind, int First, int Second)> steps, CancellationToken cancel)
    {
        await CheckAsync(session, cancel);
        var stored = (await session.ScanAsync(default, int.MaxValue, cancel)).ToDictionary(asset => asset.Guid);
        var edges = await session.EdgesOfAsync([.. stored.Values.Select(asset => asset.Id)], cancel);
        var plan = new PlanBuilder(session.Head);
        foreach (var (kind, first, second) in steps.OrderBy(step => step.Kind))
        {
            Take(plan, kind, first, second, stored, edges);
        }

        var built = plan.Build();
        if (built.Events.IsEmpty && built.OpenedEdges.IsEmpty && built.ClosedEdges.IsEmpty)
        {
            return new PlanOutcome.Unchanged(built.Summary);
        }

        _commits++;
        _log.AddRange(built.Events.Select(told => Shown(_assets.Single(asset => asset.Guid == built.Subjects[told.Subject].Guid))));
        return new PlanOutcome.Planned(built);
    }

    /// <summary>Compares all that a session shows with the model.</summary>
    public async Task CheckAsync(IReadSession session, CancellationToken cancel)
    {
        session.Head.ShouldBe(session.Head with { Commit = new CommitNumber(_commits), Sequence = _log.Count, Oldest = 1 });
        var stored = await session.ScanAsync(default, int.MaxValue, cancel);
        stored.Select(asset => (asset.Guid, asset.State, asset.Status, asset.Version))
            .ShouldBe(_assets.Select(asset => (asset.Guid, PlanBuilder.State(asset.Name), asset.Status, asset.Version)));
        var keys = await session.FindByKeyAsync([.. _assets.Select(asset => PlanBuilder.KeyOf(asset.Name))], cancel);
        keys.Select(match => (match.Asset, match.Status)).ShouldBe(stored.Select(asset => (asset.Id, asset.Status)));
        var edges = await session.EdgesOfAsync([.. stored.Select(asset => asset.Id)], cancel);
        edges.Select(edge => new Edge(edge.RelationshipId, edge.End1.Guid, edge.End2.Guid, !edge.Attributes.Equals(AssetState.Empty))).ShouldBe(_edges);
        var log = await session.ReadLogAsync(0, int.MaxValue, cancel);
        log.SelectMany(commit => CommitLog.Decode(commit)).Select(Shown).ShouldBe(_log);
    }

    private void Take(
        PlanBuilder plan, StepKind kind, int first, int second, Dictionary<Guid, StoredAsset> stored, ImmutableArray<StoredEdge> edges)
    {
        if (kind == StepKind.Create)
        {
            var guid = Guid.CreateVersion7();
            _assets.Add(new Asset(guid, $"n{_names++}", AssetStatus.Active, 1));
            plan.Create(_assets[^1].Name, out _, guid, lists: Lists);
        }
        else if (_assets.Count > 0 && kind is StepKind.Open or StepKind.Close)
        {
            Link(plan, kind, _assets[first % _assets.Count].Guid, _assets[second % _assets.Count].Guid, stored, edges);
        }
        else if (_assets.Count > 0 && plan.SubjectOf(_assets[first % _assets.Count].Guid) < 0)
        {
            Change(plan, kind, first % _assets.Count, stored);
        }
    }

    private void Change(PlanBuilder plan, StepKind kind, int index, Dictionary<Guid, StoredAsset> stored)
    {
        var asset = _assets[index] with { Version = _assets[index].Version + 1 };
        if (kind == StepKind.Rename)
        {
            asset = asset with { Name = $"n{_names++}" };
            plan.Rename(stored[asset.Guid], asset.Name, lists: Lists);
        }
        else if (kind == StepKind.Flip)
        {
            asset = asset with { Status = asset.Status == AssetStatus.Active ? AssetStatus.Deleted : AssetStatus.Active };
            plan.SetStatus(stored[asset.Guid], asset.Status, Lists);
        }
        else
        {
            plan.Bump(stored[asset.Guid], Lists);
        }

        _assets[index] = asset;
    }

    /// <summary>Records an edge, gives a recorded one attributes, or ends it; edges of the plan itself are left alone.</summary>
    private void Link(PlanBuilder plan, StepKind kind, Guid end1, Guid end2, Dictionary<Guid, StoredAsset> stored, ImmutableArray<StoredEdge> edges)
    {
        var type = end1 > end2 ? Directed : Symmetric;
        var place = _edges.FindIndex(edge => edge.Type == type && edge.End1 == end1 && edge.End2 == end2);
        var known = edges.FirstOrDefault(edge => edge.RelationshipId == type && edge.End1.Guid == end1 && edge.End2.Guid == end2);
        if (place >= 0 && (known is null || _edges[place].HasAttributes) && kind == StepKind.Open)
        {
            return;
        }

        if (kind == StepKind.Open)
        {
            var attributes = known is null ? null : PlanBuilder.State("attributes").Encoded.ToArray();
            _ = known is null ? plan : plan.Close(known.Row);
            plan.Open(type, Speak(plan, end1, stored), Speak(plan, end2, stored), attributes, known?.Link);
            _edges.RemoveAll(edge => edge.Type == type && edge.End1 == end1 && edge.End2 == end2);
            _edges.Insert(place < 0 ? _edges.Count : place, new Edge(type, end1, end2, known is not null));
        }
        else if (place >= 0 && known is not null && _edges[place].HasAttributes == !known.Attributes.Equals(AssetState.Empty))
        {
            plan.Close(known.Row);
            _edges.RemoveAt(place);
        }
    }

    private static int Speak(PlanBuilder plan, Guid guid, Dictionary<Guid, StoredAsset> stored)
    {
        if (plan.SubjectOf(guid) < 0)
        {
            plan.Mention(stored[guid], out _);
        }

        return plan.SubjectOf(guid);
    }

    private string Shown(Asset asset) => string.Join(
        ' ',
        [$"{asset.Guid} {asset.Name} {asset.Status} v{asset.Version}", .. Lists.Select(list => (list, Partners(asset.Guid, list)))
            .Where(it => it.Item2.Count <= it.list.Limit)
            .Select(it => $"{it.list.RelationshipId}[{string.Join(',', it.Item2)}]")]);

    private static string Shown(LogRecord record) => string.Join(
        ' ',
        [$"{record.Asset.Guid} {record.Asset.QualifiedName} {record.Status} v{record.Numbers.Version}", .. record.Lists
            .Select(list => $"{list.RelationshipId}[{string.Join(',', list.Members.Select(member => member.QualifiedName))}]")]);

    private List<string> Partners(Guid guid, EndListRequest list) =>
        [.. from edge in _edges
            where edge.Type == list.RelationshipId && (edge.End1 == guid || (list.IsSymmetric && edge.End2 == guid))
            let other = _assets.Single(asset => asset.Guid == (edge.End1 == guid ? edge.End2 : edge.End1))
            where other.Status == AssetStatus.Active
            select other.Name];

    private sealed record Asset(Guid Guid, string Name, AssetStatus Status, long Version);

    private sealed record Edge(int Type, Guid End1, Guid End2, bool HasAttributes);
}
