using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Tests.Assets;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Core.Tests.Save.Diff;

public sealed class StateDiffTests
{
    private static readonly ImmutableHashSet<int> NotStamped = [];

    [Fact]
    public void A_state_does_not_differ_from_itself()
    {
        Gen.UInt.Array[20, 600].Sample(
            rolls => StateDiff.Attributes(RandomState.Of(new Dice(rolls)), RandomState.Of(new Dice(rolls)), NotStamped).ShouldBeEmpty(),
            iter: 1_000);
    }

    [Fact]
    public void The_difference_leads_from_one_state_to_the_other_and_back()
    {
        Gen.Select(Gen.UInt.Array[20, 400], Gen.UInt.Array[20, 400]).Sample(
            (left, right) =>
            {
                var (before, after) = (RandomState.Of(new Dice(left)), RandomState.Of(new Dice(right)));

                var changes = StateDiff.Attributes(before, after, NotStamped);

                Apply(before, changes.Select(change => (change.AttributeId, change.After))).ShouldBe(after.Attributes);
                Apply(after, changes.Select(change => (change.AttributeId, change.Before))).ShouldBe(before.Attributes);
                changes.ShouldAllBe(change => change.Before != change.After);
                changes.Select(change => change.AttributeId).ShouldBe(changes.Select(change => change.AttributeId).Distinct().Order());
            },
            iter: 2_000);
    }

    [Fact]
    public void The_differences_of_tags_and_custom_metadata_lead_from_one_state_to_the_other_and_back()
    {
        Gen.Select(Gen.UInt.Array[20, 400], Gen.UInt.Array[20, 400]).Sample(
            (left, right) =>
            {
                var (before, after) = (RandomState.Of(new Dice(left)), RandomState.Of(new Dice(right)));

                var tags = StateDiff.Tags(before, after);
                var metadata = StateDiff.CustomMetadata(before, after);

                Apply(before.Tags, tags.Select(change => (change.Key, change.After))).ShouldBe(after.Tags);
                Apply(after.Tags, tags.Select(change => (change.Key, change.Before))).ShouldBe(before.Tags);
                Apply(before.CustomMetadata, metadata.Select(change => (change.AttributeId, change.After))).ShouldBe(after.CustomMetadata);
                Apply(after.CustomMetadata, metadata.Select(change => (change.AttributeId, change.Before))).ShouldBe(before.CustomMetadata);
                tags.ShouldAllBe(change => change.Before != change.After);
                metadata.ShouldAllBe(change => change.Before != change.After);
                StateDiff.Tags(before, before).ShouldBeEmpty();
                StateDiff.CustomMetadata(before, before).ShouldBeEmpty();
            },
            iter: 2_000);
    }

    [Fact]
    public void A_stamped_attribute_counts_as_different()
    {
        var state = AssetState.Create([new(1, CanonicalValue.FromDate(0))], [], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

        StateDiff.Attributes(state, state, ImmutableHashSet.Create(1)).ShouldBe([new AttributeChange(1, CanonicalValue.FromDate(0), CanonicalValue.FromDate(0))]);
    }

    private static AttributeValue[] Apply(AssetState state, IEnumerable<(int Id, CanonicalValue? Value)> changes) => Apply(state.Attributes, changes);

    private static AssetTag[] Apply(ImmutableArray<AssetTag> tags, IEnumerable<(TagKey Key, AssetTag? Tag)> changes) =>
        [.. tags.ExceptBy(changes.Select(change => change.Key), tag => tag.Key).Concat(changes.Select(change => change.Tag).OfType<AssetTag>()).OrderBy(tag => tag.Key)];

    private static AttributeValue[] Apply(ImmutableArray<AttributeValue> attributes, IEnumerable<(int Id, CanonicalValue? Value)> changes)
    {
        var values = attributes.ToDictionary(attribute => attribute.AttributeId, attribute => attribute.Value);
        foreach (var (id, value) in changes)
        {
            if (value is { } present)
            {
                values[id] = present;
            }
            else
            {
                values.Remove(id);
            }
        }

        return [.. values.OrderBy(entry => entry.Key).Select(entry => new AttributeValue(entry.Key, entry.Value))];
    }
}
