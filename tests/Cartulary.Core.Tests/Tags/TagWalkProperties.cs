using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Tags;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Core.Tests.Tags;

/// <summary>
/// Whatever a save does to a graph whose tags were right, the walk makes them right again: the same as following every tag
/// from its source over the whole graph.
/// </summary>
public sealed class TagWalkProperties
{
    private const int Runs = 3_000;

    [Fact]
    public Task After_any_change_every_asset_in_use_has_the_tags_that_lead_to_it() =>
        Gen.UInt.Array[20, 400].SampleAsync(rolls => RunAsync(new Dice(rolls), MakeRightAsync), iter: Runs);

    [Fact]
    public Task Looking_again_at_every_place_of_a_change_gives_the_same_step_by_step() =>
        Gen.UInt.Array[20, 400].SampleAsync(rolls => RunAsync(new Dice(rolls), MakeRightInStepsAsync), iter: Runs);

    private static async Task RunAsync(Dice dice, Func<SmallWorld, List<TagSeed>, Task> makeRight)
    {
        var world = Populate(dice);
        for (var save = dice.Between(1, 5); save > 0; save--)
        {
            var before = world.Copy();
            for (var change = dice.Between(1, 6); change > 0; change--)
            {
                Change(world, dice);
            }

            await makeRight(world, Seeds(before, world));
            Carried(world).ShouldBe(world.Reach().Select(Show).Order(StringComparer.Ordinal));
            foreach (var (archived, tags) in before.Tags.Where(entry => !before.Active[entry.Key] && !world.Active[entry.Key]))
            {
                world.Tags[archived].Values.Where(tag => tag.Source != archived).ShouldBe(tags.Values.Where(tag => tag.Source != archived), ignoreOrder: true);
            }
        }
    }

    private static SmallWorld Populate(Dice dice)
    {
        var world = new SmallWorld();
        for (var count = dice.Between(2, 9); count > 0; count--)
        {
            var asset = new Guid(count, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            world.Active.Add(asset, !dice.OneIn(6));
            world.Tags.Add(asset, []);
        }

        for (var count = dice.Between(0, 16); count > 0; count--)
        {
            world.Ways.Add(RandomWay(world, dice));
        }

        for (var count = dice.Between(0, 4); count > 0; count--)
        {
            Tag(world, dice);
        }

        foreach (var (asset, tag) in world.Reach())
        {
            world.Tags[asset].Add(tag.Key, tag);
        }

        return world;
    }

    private static void Change(SmallWorld world, Dice dice)
    {
        switch (dice.Below(5))
        {
            case 0:
                world.Ways.Add(RandomWay(world, dice));
                break;
            case 1:
                if (world.Ways.Count > 0)
                {
                    world.Ways.Remove(dice.Pick(world.Ways.OrderBy(way => way.ToString(), StringComparer.Ordinal).ToList()));
                }

                break;
            case 2:
                Tag(world, dice);
                break;
            case 3:
                var untagged = dice.Pick(world.Tags.Keys.ToList());
                foreach (var key in world.Tags[untagged].Keys.Where(key => key.Source == untagged).ToList())
                {
                    world.Tags[untagged].Remove(key);
                }

                break;
            default:
                var asset = dice.Pick(world.Tags.Keys.ToList());
                world.Active[asset] = !world.Active[asset];
                break;
        }
    }

    private static TagWay RandomWay(SmallWorld world, Dice dice)
    {
        var assets = world.Active.Keys.ToList();
        var from = dice.Pick(assets);
        return new TagWay(from, dice.Pick([.. assets.Where(asset => asset != from)]), (TagPath)dice.Below(3));
    }

    private static void Tag(SmallWorld world, Dice dice)
    {
        var source = dice.Pick(world.Tags.Keys.ToList());
        var tag = new AssetTag(dice.Between(1, 2), source)
        {
            Propagate = !dice.OneIn(5),
            RemovePropagationsOnEntityDelete = !dice.OneIn(3),
            RestrictPropagationThroughLineage = dice.OneIn(4),
            RestrictPropagationThroughHierarchy = dice.OneIn(4),
            ValidityPeriods = dice.Flip() ? [] : [new TagValidity("a", "b", "c")],
        };
        world.Tags[source][tag.Key] = tag;
    }

    /// <summary>What a save sees of its own change.</summary>
    private static List<TagSeed> Seeds(SmallWorld before, SmallWorld after)
    {
        bool Returns(Guid asset) => !before.Active[asset] && after.Active[asset];
        var seeds = new TagSeeds(
            asset => before.Tags[asset].Values,
            asset => after.Tags[asset].Values.Where(tag => tag.Source == asset || !Returns(asset)));
        foreach (var way in before.Ways.Union(after.Ways))
        {
            seeds.AddWay(new WayChange(
                way,
                new WayStand(before.Ways.Contains(way), before.Active[way.From], before.Active[way.To]),
                new WayStand(after.Ways.Contains(way), after.Active[way.From], after.Active[way.To])));
        }

        foreach (var asset in after.Active.Keys)
        {
            seeds.AddSource(asset);
            if (Returns(asset))
            {
                seeds.AddReturn(asset);
            }
        }

        return [.. seeds.Found];
    }

    private static async Task MakeRightAsync(SmallWorld world, List<TagSeed> seeds)
    {
        var walk = new TagWalk(new SmallGraph(world));
        Know(world, walk, seeds.Select(seed => seed.Place.Key));
        walk.Begin(seeds);
        (await walk.RunAsync(CancellationToken.None)).ShouldBeTrue();
        Apply(world, walk);
    }

    /// <summary>The same from nothing but the places, and with each gain looked at afterwards, as a job does it.</summary>
    private static async Task MakeRightInStepsAsync(SmallWorld world, List<TagSeed> seeds)
    {
        var open = seeds.Select(seed => seed.Place).ToHashSet();
        for (var step = 0; open.Count > 0; step++)
        {
            step.ShouldBeLessThan(1_000);
            var walk = new TagWalk(new SmallGraph(world));
            Know(world, walk, open.Select(place => place.Key));
            foreach (var (asset, key) in open)
            {
                walk.Look(asset, key);
            }

            (await walk.StepAsync(CancellationToken.None)).ShouldBeTrue();
            open = [.. walk.Changes.Select(change => new Carried(change.Asset, change.Key))];
            Apply(world, walk);
        }
    }

    private static void Know(SmallWorld world, TagWalk walk, IEnumerable<TagKey> keys)
    {
        foreach (var key in keys.Distinct())
        {
            walk.Know(key, world.Tags[key.Source].GetValueOrDefault(key));
        }
    }

    private static void Apply(SmallWorld world, TagWalk walk)
    {
        foreach (var (asset, key, tag) in walk.Changes.ToList())
        {
            if (tag is null)
            {
                world.Tags[asset].Remove(key);
            }
            else
            {
                world.Tags[asset][key] = tag;
            }
        }
    }

    private static IEnumerable<string> Carried(SmallWorld world) =>
        world.Tags.Where(entry => world.Active[entry.Key])
            .SelectMany(entry => entry.Value.Values.Where(tag => tag.Source != entry.Key).Select(tag => Show((entry.Key, tag))))
            .Order(StringComparer.Ordinal);

    private static string Show((Guid Asset, AssetTag Tag) carried) =>
        string.Create(CultureInfo.InvariantCulture, $"{carried.Asset} {carried.Tag}");
}
