using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Save;
using Cartulary.Core.Types;
using Cartulary.Testing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Simulation;

/// <summary>From one state of an asset to any other: the events are exactly the difference, at both ends.</summary>
public sealed class DifferenceProperties(StageFixture fixture) : IClassFixture<StageFixture>
{
    private const int RunsPerType = 10;
    private readonly Stage _stage = fixture.Stage;

    public static TheoryData<string> TypeNames => NoOpProperties.TypeNames;

    [Theory]
    [MemberData(nameof(TypeNames))]
    public Task An_update_tells_exactly_what_differs(string typeName)
    {
        var type = _stage.Registry.FindEntity(typeName)!;
        return Gen.UInt.Array[100, 4_000].SampleAsync(rolls => RunAsync(type, new Dice(rolls)), iter: RunsPerType, threads: 1, print: Rolls.Print);
    }

    [Fact]
    public async Task A_stamp_that_comes_out_as_it_was_is_not_told()
    {
        await using var catalog = await TestCatalog.CreateAsync(new FakeTimeProvider());
        await catalog.SaveAsync(Certified("DRAFT", ""));
        var head = catalog.Head;

        await catalog.SaveAsync(Certified("VERIFIED", ""));

        var told = new ToldEvent((await catalog.EventsAsync(head)).ShouldHaveSingleItem());
        ToldEvent.Attributes(told.After).Keys.ShouldBe(["certificateStatus"]);
        ToldEvent.Attributes(told.Before!.Value).Keys.ShouldBe(["certificateStatus"]);
    }

    [Fact]
    public async Task Companions_that_are_sent_back_as_they_were_are_stamped_anew()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var catalog = await TestCatalog.CreateAsync(clock);
        await catalog.SaveAsync(Certified("DRAFT", ""), "ada");
        var before = Observed.From(await catalog.GetAsync(await catalog.GuidOfAsync("Table", "t"))).Attributes;
        clock.Advance(TimeSpan.FromMinutes(1));

        await catalog.SaveAsync(Certified("VERIFIED", $",\"certificateUpdatedBy\":{before["certificateUpdatedBy"]},\"certificateUpdatedAt\":{before["certificateUpdatedAt"]}"), "grace");

        var after = Observed.From(await catalog.GetAsync(await catalog.GuidOfAsync("Table", "t"))).Attributes;
        after["certificateUpdatedBy"].ShouldBe("\"grace\"");
        after["certificateUpdatedAt"].ShouldBe(clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
    }

    private static string Certified(string status, string companions) =>
        $"{{\"entities\":[{{\"typeName\":\"Table\",\"attributes\":{{\"qualifiedName\":\"t\",\"name\":\"t\",\"certificateStatus\":\"{status}\"{companions}}}}}]}}";

    private async Task RunAsync(EntityType type, Dice dice)
    {
        var payload = new Payload(_stage, dice);
        var name = _stage.NewName();
        var first = RandomSpec.Of(type, name, _stage, dice, withCompanions: false);
        var second = After(first, RandomSpec.Of(type, name, _stage, dice, withCompanions: false), dice);
        var created = (SaveOutcome.Committed)await _stage.Catalog.SaveAsync($"{{\"entities\":[{payload.Creation(first)}]}}");
        var guid = created.Summary.GuidAssignments[0].Value;
        var partners = PartnersOf(first, second);
        var before = await ObserveAsync([guid, .. partners]);
        var head = _stage.Catalog.Head;

        var outcome = await _stage.Catalog.SaveAsync($"{{\"entities\":[{payload.Whole(second, guid)}]}}");

        var after = await ObserveAsync([guid, .. partners]);
        var events = (await _stage.Catalog.EventsAsync(head)).ConvertAll(message => new ToldEvent(message));
        CheckState(second, after[guid]);
        CheckEvents(guid, before, after, events, outcome, type);
        (await _stage.Catalog.SaveAsync($"{{\"entities\":[{payload.Whole(second, guid)}]}}")).ShouldBeOfType<SaveOutcome.Unchanged>();
    }

    /// <summary>The second state, some of it taken over from the first; an edge's own attributes stay when nothing is said of them.</summary>
    private static AssetSpec After(AssetSpec first, AssetSpec second, Dice dice)
    {
        if (dice.OneIn(8))
        {
            return first;
        }

        var attributes = second.Attributes.SetItems(dice.Some(first.Attributes));
        var edges = second.Edges.SetItems(dice.Some(first.Edges, oneIn: 3));
        return second with
        {
            Attributes = attributes,
            Edges = edges.ToImmutableSortedDictionary(
                end => end.Key,
                end => end.Value.Select(edge => Continued(first.Edges.GetValueOrDefault(end.Key, []).FirstOrDefault(old => old.Partner == edge.Partner), edge)).ToImmutableArray(),
                StringComparer.Ordinal),
        };
    }

    private static EdgeSpec Continued(EdgeSpec? before, EdgeSpec edge) =>
        before is null ? edge : edge with { Attributes = before.Attributes.SetItems(edge.Attributes) };

    private static ImmutableArray<Guid> PartnersOf(params AssetSpec[] specs) =>
        [.. specs.SelectMany(spec => spec.Edges.Values.SelectMany(edges => edges.Select(edge => edge.Partner.Guid))).Distinct()];

    private async Task<Dictionary<Guid, Observed>> ObserveAsync(IReadOnlyList<Guid> guids)
    {
        var (views, problems) = await _stage.Catalog.Reader.GetManyAsync(guids, withEdges: true, TestContext.Current.CancellationToken);
        problems.ShouldBeEmpty();
        return views.ToDictionary(view => view.Asset.Guid, Observed.From);
    }

    private static void CheckState(AssetSpec spec, Observed after)
    {
        after.Labels.ShouldBe(spec.Labels.Order(StringComparer.Ordinal));
        after.CustomAttributes.ShouldBe(spec.CustomAttributes);
        after.Edges.Keys.Where(key => AssetSpec.EndsOf(spec.Type).Contains(spec.Type.EndsNamed(key.End)[0]))
            .ShouldBe(spec.Edges.SelectMany(end => end.Value.Select(edge => (end.Key, edge.Partner.Guid))), ignoreOrder: true);
        var present = AssetSpec.AttributesOf(spec.Type)
            .Where(attribute => !spec.Type.CompanionNames.Contains(attribute.Name))
            .Where(attribute => spec.Attributes.ContainsKey(attribute.Name) || attribute.Default is not null);
        after.Attributes.Keys.Where(name => !AssetSpec.IsRuled(name) && !spec.Type.CompanionNames.Contains(name))
            .ShouldBe(present.Select(attribute => attribute.Name), ignoreOrder: true);
    }

    private static void CheckEvents(
        Guid guid, Dictionary<Guid, Observed> before, Dictionary<Guid, Observed> after, List<ToldEvent> events, SaveOutcome outcome, EntityType type)
    {
        var (old, now) = (before[guid], after[guid]);
        var differences = Observed.Differences(old, now);
        var labelsDiffer = !old.Labels.SequenceEqual(now.Labels, StringComparer.Ordinal);
        var customDiffers = !old.CustomAttributes.SequenceEqual(now.CustomAttributes);
        var added = now.Edges.Keys.Except(old.Edges.Keys).ToHashSet();
        var removed = old.Edges.Keys.Except(now.Edges.Keys).ToHashSet();
        var changed = now.Edges.Keys.Where(key => old.Edges.TryGetValue(key, out var attributes) && attributes != now.Edges[key]).ToHashSet();
        if (differences.Count + added.Count + removed.Count + changed.Count == 0 && !labelsDiffer && !customDiffers)
        {
            outcome.ShouldBeOfType<SaveOutcome.Unchanged>();
            events.ShouldBeEmpty();
            now.Version.ShouldBe(old.Version);
            return;
        }

        var own = events.Where(told => told.Guid == guid).ShouldHaveSingleItem();
        own.Operation.ShouldBe("ENTITY_UPDATE");
        own.Version.ShouldBe(old.Version + 1);
        now.Version.ShouldBe(old.Version + 1);
        own.Cause.ShouldBeNull();
        ToldEvent.Attributes(own.After).ShouldBe(differences.ToDictionary(entry => entry.Key, entry => entry.Value.After, StringComparer.Ordinal), ignoreOrder: true);
        ToldEvent.Attributes(own.Before!.Value).ShouldBe(differences.ToDictionary(entry => entry.Key, entry => entry.Value.Before, StringComparer.Ordinal), ignoreOrder: true);
        Texts(own.After).ShouldBe(labelsDiffer ? [.. now.Labels] : null);
        Texts(own.Before.Value).ShouldBe(labelsDiffer ? [.. old.Labels] : null);
        own.After.TryGetProperty("customAttributes", out _).ShouldBe(customDiffers);
        ToldEvent.Edges(own.After, "addedRelationshipAttributes").ShouldBe(added.ToDictionary(key => key, key => now.Edges[key]), ignoreOrder: true);
        ToldEvent.Edges(own.After, "removedRelationshipAttributes").ShouldBe(removed.ToDictionary(key => key, key => old.Edges[key]), ignoreOrder: true);
        ToldEvent.Edges(own.After, "updatedRelationshipAttributes").ShouldBe(changed.ToDictionary(key => key, key => now.Edges[key]), ignoreOrder: true);
        ToldEvent.Edges(own.Before.Value, "updatedRelationshipAttributes").ShouldBe(changed.ToDictionary(key => key, key => old.Edges[key]), ignoreOrder: true);
        CheckWholeEnds(own, old, now, added.Concat(removed), type);
        CheckNeighbours(own, before, after, events, added, removed, changed, type);
    }

    private static string[]? Texts(JsonElement details) =>
        details.TryGetProperty("labels", out var labels) ? [.. labels.EnumerateArray().Select(label => label.GetString()!)] : null;

    /// <summary>The ends that changed are shown whole, before and after.</summary>
    private static void CheckWholeEnds(ToldEvent own, Observed old, Observed now, IEnumerable<(string End, Guid Partner)> touched, EntityType type)
    {
        var ends = touched.Select(key => key.End).ToHashSet(StringComparer.Ordinal);
        foreach (var (details, state) in new[] { (own.After, now), (own.Before!.Value, old) })
        {
            var whole = ToldEvent.Edges(details, "relationshipAttributes").Keys;
            whole.ShouldBe(state.Edges.Keys.Where(key => ends.Contains(key.End)), ignoreOrder: true, $"{type}: {own}");
        }
    }

    private static void CheckNeighbours(
        ToldEvent own,
        Dictionary<Guid, Observed> before,
        Dictionary<Guid, Observed> after,
        List<ToldEvent> events,
        HashSet<(string End, Guid Partner)> added,
        HashSet<(string End, Guid Partner)> removed,
        HashSet<(string End, Guid Partner)> changed,
        EntityType type)
    {
        var touched = added.Concat(removed).Concat(changed).Select(key => key.Partner).ToHashSet();
        foreach (var partner in touched)
        {
            var told = events.Where(told => told.Guid == partner).ShouldHaveSingleItem();
            told.Operation.ShouldBe("ENTITY_UPDATE");
            told.Version.ShouldBe(before[partner].Version + 1);
            after[partner].Version.ShouldBe(told.Version);
            told.Cause.ShouldBe((own.Guid, own.Sequence));
            CheckMirror(told, "addedRelationshipAttributes", added);
            CheckMirror(told, "removedRelationshipAttributes", removed);
            CheckMirror(told, "updatedRelationshipAttributes", changed);
        }

        foreach (var other in events.Where(told => told != own && !touched.Contains(told.Guid)))
        {
            other.Operation.ShouldBe("ENTITY_UPDATE");
            other.Cause.ShouldNotBeNull(other.ToString());
            var lost = ToldEvent.Edges(other.After, "removedRelationshipAttributes");
            (lost.Keys.Any(key => touched.Contains(key.Partner)) || ToldEvent.Attributes(other.After).Keys.SequenceEqual(["__hasLineage"])).ShouldBeTrue(other.ToString());
        }

        void CheckMirror(ToldEvent told, string member, HashSet<(string End, Guid Partner)> edges)
        {
            var mirrored = edges.Where(key => key.Partner == told.Guid).Select(key => (type.EndsNamed(key.End)[0].Inverse.Name, own.Guid));
            ToldEvent.Edges(told.After, member).Keys.Where(key => key.Partner == own.Guid).ShouldBe(mirrored, ignoreOrder: true, told.ToString());
        }
    }
}
