using Cartulary.Core.Assets;
using Cartulary.Core.Save;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>
/// Who is told is worked out from what was committed, by comparing the whole catalog before and after: every asset that was
/// created, ended or differs, its live edges included, has one event that says how, and nobody else has any.
/// </summary>
public sealed class WhoIsToldProperties
{
    private const int Runs = 15;
    private readonly Dictionary<string, int> _seen = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_differs_after_a_save_is_told_and_nobody_else()
    {
        await Gen.UInt.Array[100, 1_500].SampleAsync(rolls => RunAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

        _seen.Keys.ShouldBe(["create", "update", "archive", "restore", "purge", "only edges"], ignoreOrder: true);
    }

    private async Task RunAsync(uint[] rolls)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var founded = (SaveOutcome.Committed)await catalog.SaveAsync(RandomSaves.Foundation);
        var terms = founded.Summary.GuidAssignments.Select(assignment => assignment.Value).ToList();
        var dice = new Dice(rolls);
        var saves = new RandomSaves(dice, "me");
        var before = await LookAsync(catalog);
        for (var count = 0; count < rolls.Length / 25; count++)
        {
            var mark = catalog.Head;
            _ = dice.OneIn(3) ? await catalog.TryAsync(saves.ToEnd(terms)) : await catalog.TrySaveAsync(saves.Next(terms));
            var after = await LookAsync(catalog);
            Check(before, after, (await catalog.EventsAsync(mark)).ConvertAll(message => new ToldEvent(message)));
            before = after;
        }
    }

    private void Check(Dictionary<Guid, Seen> before, Dictionary<Guid, Seen> after, List<ToldEvent> events)
    {
        var expected = before.Keys.Union(after.Keys)
            .Where(guid => !before.TryGetValue(guid, out var old) || !after.TryGetValue(guid, out var present) || !old.IsAs(present));
        events.Select(told => told.Guid).ShouldBe(expected, ignoreOrder: true);
        foreach (var told in events)
        {
            var (old, present) = (before.GetValueOrDefault(told.Guid), after.GetValueOrDefault(told.Guid));
            told.Operation.ShouldBe(OperationFor(old, present), told.ToString());
            told.IsPurge.ShouldBe(present is null, told.ToString());
            told.Status.ShouldBe(present is { Status: AssetStatus.Active } ? "ACTIVE" : "DELETED", told.ToString());
            told.Version.ShouldBe((old?.Version ?? 0) + 1, told.ToString());
            CheckEdges(told, old?.Edges ?? [], present?.Edges ?? []);
        }
    }

    private static void CheckEdges(ToldEvent told, HashSet<(string End, Guid Partner, string Attributes)> old, HashSet<(string End, Guid Partner, string Attributes)> present)
    {
        var (before, after) = (old.Select(edge => (edge.End, edge.Partner)).ToHashSet(), present.Select(edge => (edge.End, edge.Partner)).ToHashSet());
        var added = told.Operation == "ENTITY_CREATE" ? "relationshipAttributes" : "addedRelationshipAttributes";
        ToldEvent.Edges(told.After, added).Keys.ShouldBe(after.Except(before), ignoreOrder: true, told.ToString());
        ToldEvent.Edges(told.After, "removedRelationshipAttributes").Keys.ShouldBe(before.Except(after), ignoreOrder: true, told.ToString());
        var changed = after.Intersect(before).Where(edge => !old.Where(other => (other.End, other.Partner) == edge).SequenceEqual(present.Where(other => (other.End, other.Partner) == edge)));
        ToldEvent.Edges(told.After, "updatedRelationshipAttributes").Keys.ShouldBe(changed, ignoreOrder: true, told.ToString());
    }

    private string OperationFor(Seen? old, Seen? present)
    {
        var what = (old, present) switch
        {
            (null, _) => "create",
            (_, null) => "purge",
            ({ Status: AssetStatus.Active }, { Status: AssetStatus.Deleted }) => "archive",
            ({ Status: AssetStatus.Deleted }, { Status: AssetStatus.Active }) => "restore",
            _ when old.State.Equals(present.State) => "only edges",
            _ => "update",
        };
        _seen[what] = _seen.GetValueOrDefault(what) + 1;
        return what switch
        {
            "create" => "ENTITY_CREATE",
            "purge" or "archive" => "ENTITY_DELETE",
            _ => "ENTITY_UPDATE",
        };
    }

    private static async Task<Dictionary<Guid, Seen>> LookAsync(TestCatalog catalog)
    {
        await using var session = await catalog.Store.ReadAsync(Cancel);
        var assets = await session.ScanAsync(default, int.MaxValue, Cancel);
        var edges = (await session.EdgesOfAsync([.. assets.Select(asset => asset.Id)], Cancel)).Where(edge => edge.IsLive).SelectMany(edge =>
        {
            var relationship = catalog.Types.Newest.Relationship(edge.RelationshipId);
            var attributes = Convert.ToHexString(edge.Attributes.Encoded.Span);
            return new[]
            {
                (Asset: edge.End1.Guid, Edge: (relationship.End1.Name, edge.End2.Guid, attributes)),
                (Asset: edge.End2.Guid, Edge: (relationship.End2.Name, edge.End1.Guid, attributes)),
            };
        }).ToLookup(entry => entry.Asset, entry => entry.Edge);
        return assets.ToDictionary(
            asset => asset.Guid,
            asset => new Seen(asset.Status, asset.Version, asset.State, [.. edges[asset.Guid]]));
    }

    private sealed record Seen(AssetStatus Status, long Version, AssetState State, HashSet<(string End, Guid Partner, string Attributes)> Edges)
    {
        public bool IsAs(Seen other) => Status == other.Status && State.Equals(other.State) && Edges.SetEquals(other.Edges);
    }
}
