using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>Over random histories: what is read of the past is what was read then, and the events explain every step of it.</summary>
public sealed class PastProperties
{
    private const int Runs = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_past_state_is_read_as_it_was_read_then() => SampleAsync(async past =>
    {
        foreach (var then in past.Commits)
        {
            foreach (var (guid, view) in then.Views)
            {
                // Another commit of the same millisecond may have purged it.
                if (past.At(then.Time).Views.TryGetValue(guid, out var last))
                {
                    (await past.ReadAsync(guid, new Moment.AtTime(then.Time))).ShouldBe(last);
                }

                if (then.HasEvents)
                {
                    (await past.ReadAsync(guid, new Moment.AtSequence(then.Sequence))).ShouldBe(view);
                }
            }
        }

        foreach (var (key, view) in past.Versions)
        {
            (await past.ReadAsync(key.Guid, new Moment.AtVersion(key.Version))).ShouldBe(view);
        }
    });

    [Fact]
    public Task Many_assets_are_read_as_of_one_time() => SampleAsync(async past =>
    {
        foreach (var then in past.Commits.DistinctBy(commit => commit.Time))
        {
            var (views, problems) = await past.Catalog.Reader.GetManyAsync(
                [.. past.At(then.Time).Views.Keys], new Moment.AtTime(then.Time), "asOf", withEdges: true, Cancel);
            problems.ShouldBeEmpty();
            views.Select(ViewText.Of).ShouldBe(past.At(then.Time).Views.Values);
        }
    });

    [Fact]
    public Task A_difference_leads_from_the_one_state_to_the_other() => SampleAsync(async past =>
    {
        foreach (var asset in past.Versions.Keys.GroupBy(key => key.Guid))
        {
            ImmutableArray<long> versions = [.. asset.Select(key => key.Version).Order()];
            foreach (var (from, to) in versions.SelectMany(from => versions.Select(to => (from, to))).Where(pair => (pair.from + pair.to) % 3 != 0 || pair.from == pair.to))
            {
                var (difference, problem) = await past.Catalog.History.DiffAsync(
                    new AssetSelector.ByGuid(asset.Key), new Moment.AtVersion(from), new Moment.AtVersion(to), Cancel);
                problem.ShouldBeNull();
                await CheckAsync(past, asset.Key, from, to, difference!);
            }
        }
    });

    [Fact]
    public Task The_events_of_an_asset_up_to_a_version_give_that_version() => SampleAsync(async past =>
    {
        foreach (var asset in past.Events.GroupBy(told => told.Guid))
        {
            var folded = PastState.Nothing;
            foreach (var told in asset.Where(told => !told.IsPurge))
            {
                folded = folded.After(told.After, told.Operation == "ENTITY_CREATE" ? "relationshipAttributes" : "addedRelationshipAttributes");
                folded.ShouldBeAs(await past.StateAsync(asset.Key, told.Version));
            }
        }
    });

    [Fact]
    public Task The_past_of_a_purged_asset_ends_with_its_last_version_but_one() => SampleAsync(async past =>
    {
        foreach (var told in past.Events.Where(told => told.IsPurge))
        {
            var selector = new AssetSelector.ByGuid(told.Guid);
            (await past.Catalog.Reader.GetAsync(selector, withEdges: true, Cancel)).Problem!.Code.ShouldBe(ErrorCodes.GuidNotFound);
            foreach (var moment in new Moment[] { new Moment.AtVersion(told.Version), new Moment.AtSequence(told.Sequence), new Moment.AtTime(long.MaxValue) })
            {
                var (view, problem) = await past.Catalog.Reader.GetAsync(selector, moment, "moment", withEdges: true, Cancel);
                view.ShouldBeNull();
                problem!.Code.ShouldBe(ErrorCodes.NoSuchVersion);
                problem.Message.ShouldContain($"its last version is {told.Version - 1}");
            }

            (await past.ReadAsync(told.Guid, new Moment.AtVersion(told.Version - 1))).ShouldBe(past.Versions[(told.Guid, told.Version - 1)]);
        }
    });

    [Fact]
    public Task The_blame_names_the_last_event_that_speaks_of_each_part() => SampleAsync(async past =>
    {
        foreach (var asset in past.Events.GroupBy(told => told.Guid))
        {
            var (blame, _) = await past.Catalog.History.BlameAsync(new AssetSelector.ByGuid(asset.Key), before: null, Cancel);
            blame!.Next.ShouldBeNull();
            var expected = new SortedDictionary<string, ToldEvent>(StringComparer.Ordinal);
            foreach (var told in asset)
            {
                foreach (var part in PartsOf(told))
                {
                    expected[part] = told;
                }
            }

            PartsOf(blame).ShouldBe(expected.Select(part => (part.Key, part.Value.Version, part.Value.Sequence, part.Value.SaveId)));
        }
    });

    [Fact]
    public Task The_versions_of_an_asset_are_its_events() => SampleAsync(async past =>
    {
        foreach (var asset in past.Events.GroupBy(told => told.Guid))
        {
            var versions = new List<VersionChange>();
            for (long? before = long.MaxValue; before is not null;)
            {
                var (page, _) = await past.Catalog.History.VersionsAsync(new AssetSelector.ByGuid(asset.Key), before, limit: 3, Cancel);
                page!.Versions.Length.ShouldBeLessThanOrEqualTo(3);
                versions.AddRange(page.Versions);
                before = page.Next;
            }

            versions.SelectMany(version => version.Events.Select(told => (version.Version, told.Sequence, version.SaveId)))
                .ShouldBe(asset.Reverse().Select(told => (told.Version, told.Sequence, told.SaveId)));
            versions.SelectMany(version => version.Events.Select(told => string.Join(',', told.Attributes)))
                .ShouldBe(asset.Reverse().Select(told => string.Join(',', ToldEvent.Attributes(told.After).Keys.Order(StringComparer.Ordinal))));
        }
    });

    private static Task SampleAsync(Func<PastCatalog, Task> check) => Gen.UInt.Array[50, 1_000].SampleAsync(
        async rolls =>
        {
            await using var past = await PastCatalog.LiveAsync(new Dice(rolls), saves: rolls.Length / 25);
            await check(past);
        },
        iter: Runs,
        threads: 1,
        print: Rolls.Print);

    private static async Task CheckAsync(PastCatalog past, Guid guid, long from, long to, AssetDifference difference)
    {
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            difference.WriteDetails(writer);
            writer.WriteEndObject();
        }

        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        var after = json.RootElement.GetProperty("mutatedDetails");
        var (first, second) = (await past.StateAsync(guid, from), await past.StateAsync(guid, to));
        first.After(after, "addedRelationshipAttributes").ShouldBeAs(second);
        difference.IsEmpty.ShouldBe(from == to || first.IsAs(second));
        after.GetProperty("version").GetInt64().ShouldBe(to);
        if (difference.IsEmpty)
        {
            ToldEvent.Attributes(after).ShouldBeEmpty();
            after.TryGetProperty("relationshipAttributes", out _).ShouldBeFalse();
        }
    }

    private static IEnumerable<string> PartsOf(ToldEvent told) =>
    [
        .. ToldEvent.Attributes(told.After).Keys.Select(name => $"attribute {name}"),
        .. new[] { told.Operation == "ENTITY_CREATE" ? "relationshipAttributes" : "addedRelationshipAttributes", "removedRelationshipAttributes", "updatedRelationshipAttributes" }
            .SelectMany(list => ToldEvent.Edges(told.After, list).Keys).Select(edge => $"edges {edge.End}"),
        .. new[] { "status", "labels", "customAttributes" }.Where(part => told.After.TryGetProperty(part, out _)),
    ];

    private static IEnumerable<(string Part, long Version, long Sequence, Guid SaveId)> PartsOf(Blame blame)
    {
        var parts = blame.Attributes.Select(part => ($"attribute {part.Key}", part.Value))
            .Concat(blame.Relationships.Select(part => ($"edges {part.Key}", part.Value)))
            .Append(("status", blame.Status!));
        parts = blame.Labels is null ? parts : parts.Append(("labels", blame.Labels));
        parts = blame.CustomAttributes is null ? parts : parts.Append(("customAttributes", blame.CustomAttributes));
        return parts.OrderBy(part => part.Item1, StringComparer.Ordinal).Select(part => (part.Item1, part.Item2.Version, part.Item2.Sequence, part.Item2.SaveId));
    }
}
