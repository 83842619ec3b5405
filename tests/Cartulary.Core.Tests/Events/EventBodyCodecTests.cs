using System.Buffers.Binary;
using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Tests.Assets;
using Cartulary.Core.Types;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Core.Tests.Events;

public sealed class EventBodyCodecTests
{
    private static readonly ImmutableHashSet<int> NotStamped = [];

    [Fact]
    public void A_body_is_read_back_as_it_was_written()
    {
        Gen.UInt.Array[20, 800].Sample(
            rolls =>
            {
                var body = RandomBody(new Dice(rolls));

                var (encoded, patches) = EventBodyCodec.Encode(body, NotStamped);
                var read = EventBodyCodec.Decode(encoded);

                patches.ShouldBeEmpty();
                EventBodyCodec.Encode(read, NotStamped).Encoded.ShouldBe(encoded);
                read.Attributes.ShouldBe(body.Attributes);
                read.Added.ShouldBe(body.Added);
                read.Removed.ShouldBe(body.Removed);
                read.Changed.ShouldBe(body.Changed);
                read.Status.ShouldBe(body.Status);
                read.Cause.ShouldBe(body.Cause);
                (read.Labels?.Before ?? []).ShouldBe(body.Labels?.Before ?? []);
                (read.Labels?.After ?? []).ShouldBe(body.Labels?.After ?? []);
                (read.CustomAttributes?.After).ShouldBe(body.CustomAttributes?.After);
                read.Tags.ShouldBe(body.Tags);
                read.CustomMetadata.ShouldBe(body.CustomMetadata);
                read.IsEmpty.ShouldBe(body.IsEmpty);
            },
            iter: 2_000);
    }

    [Fact]
    public void The_commit_can_write_its_time_into_stamped_attributes()
    {
        var body = new EventBody
        {
            Attributes =
            [
                new(1, CanonicalValue.FromText("a"), CanonicalValue.FromText("b")),
                new(2, CanonicalValue.FromDate(5), CanonicalValue.FromDate(0)),
                new(3, null, CanonicalValue.FromDate(0)),
            ],
        };

        var (encoded, patches) = EventBodyCodec.Encode(body, ImmutableHashSet.Create(2, 3));
        patches.Length.ShouldBe(2);
        CommitLog.Stamp(encoded, patches, 1_700_000_000_000);

        EventBodyCodec.Decode(encoded).Attributes.Select(change => change.After)
            .ShouldBe([CanonicalValue.FromText("b"), CanonicalValue.FromDate(1_700_000_000_000), CanonicalValue.FromDate(1_700_000_000_000)]);
        BinaryPrimitives.ReadInt64BigEndian(encoded.AsSpan(patches[0])).ShouldBe(1_700_000_000_000);
    }

    [Fact]
    public void A_stamp_that_comes_out_as_it_was_is_no_change()
    {
        var body = new EventBody { Attributes = [new(1, CanonicalValue.FromText("a"), null), new(2, CanonicalValue.FromDate(5), CanonicalValue.FromDate(0))] };
        var (encoded, patches) = EventBodyCodec.Encode(body, ImmutableHashSet.Create(2));

        CommitLog.Stamp(encoded, patches, 5);

        EventBodyCodec.Decode(encoded).Attributes.ShouldBe([new AttributeChange(1, CanonicalValue.FromText("a"), null)]);
    }

    [Fact]
    public void The_stored_form_is_as_approved()
    {
        var edge = AssetState.Create([new(9, CanonicalValue.FromText("e"))], [], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
        var custom = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        var body = new EventBody
        {
            Attributes = [new(1, CanonicalValue.FromText("a"), null), new(300, null, CanonicalValue.FromBoolean(true))],
            Labels = new(["a"], []),
            CustomAttributes = new(custom, custom.Add("k", "v")),
            Status = new(AssetStatus.Active, AssetStatus.Deleted),
            Cause = new(1, 2),
            Added = [new(3, EndSide.One, 4, AssetState.Empty)],
            Removed = [new(5, EndSide.Two, 6, edge)],
            Changed = [new(7, EndSide.One, 8, AssetState.Empty, edge)],
        };

        ApprovedFile.Match(Convert.ToHexStringLower(EventBodyCodec.Encode(body, NotStamped).Encoded), "event-body.txt");
    }

    [Fact]
    public void The_stored_form_of_tags_and_custom_metadata_is_as_approved()
    {
        var tag = new AssetTag(7, new Guid("a55e7000-0000-7000-8000-00000000000c")) { Propagate = true };
        var body = new EventBody
        {
            Tags = [new(tag, tag with { Propagate = false }), new(null, tag with { TypeId = 8 })],
            CustomMetadata = [new(400, CanonicalValue.FromText("a"), null)],
        };

        ApprovedFile.Match(Convert.ToHexStringLower(EventBodyCodec.Encode(body, NotStamped).Encoded), "event-body-facets.txt");
    }

    private static EventBody RandomBody(Dice dice) => new()
    {
        Tags = dice.Flip() ? StateDiff.Tags(RandomState.Of(dice), RandomState.Of(dice)) : [],
        CustomMetadata = dice.Flip() ? StateDiff.CustomMetadata(RandomState.Of(dice), RandomState.Of(dice)) : [],
        Attributes = [.. EverythingModel.ValueTypes.Where(_ => dice.OneIn(4)).Select((type, index) => Change(index, type, dice)).Where(change => change.Before != change.After)],
        Labels = dice.Flip() ? new([.. dice.Some(["a", "b"])], [.. dice.Some(["a", "b"])]) : null,
        CustomAttributes = dice.Flip() ? new(RandomState.Custom(dice), RandomState.Custom(dice)) : null,
        Status = dice.Flip() ? new(dice.Pick(Enum.GetValues<AssetStatus>()), dice.Pick(Enum.GetValues<AssetStatus>())) : null,
        Cause = dice.Flip() ? new(dice.Below(500), dice.Below(500)) : null,
        Added = [.. Enumerable.Range(0, dice.Below(4)).Select(_ => Delta(dice))],
        Removed = [.. Enumerable.Range(0, dice.Below(4)).Select(_ => Delta(dice))],
        Changed = [.. Enumerable.Range(0, dice.Below(3)).Select(_ => new EdgeAttributesChange(dice.Below(300), dice.Pick(Enum.GetValues<EndSide>()), dice.Below(300), Edge(dice), Edge(dice)))],
    };

    private static AttributeChange Change(int id, string type, Dice dice) =>
        new(id, dice.OneIn(3) ? null : RandomState.Value(type, dice), dice.OneIn(3) ? null : RandomState.Value(type, dice));

    private static EdgeDelta Delta(Dice dice) => new(dice.Below(300), dice.Pick(Enum.GetValues<EndSide>()), dice.Below(300), Edge(dice));

    private static AssetState Edge(Dice dice) => dice.Flip() ? AssetState.Empty : RandomState.Of(dice);
}
