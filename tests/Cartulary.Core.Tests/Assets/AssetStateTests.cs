using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Core.Tests.Assets;

public sealed class AssetStateTests
{
    private static readonly ImmutableSortedDictionary<string, string> NoCustom = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    [Fact]
    public void A_state_is_read_back_as_it_was_written()
    {
        Gen.UInt.Array[20, 600].Sample(
            rolls =>
            {
                var state = RandomState.Of(new Dice(rolls));

                var read = AssetState.Decode(state.Encoded.ToArray());

                read.ShouldBe(state);
                read.GetHashCode().ShouldBe(state.GetHashCode());
                read.Attributes.ShouldBe(state.Attributes);
                read.Labels.ShouldBe(state.Labels);
                read.CustomAttributes.ShouldBe(state.CustomAttributes);
                read.Tags.ShouldBe(state.Tags);
                read.CustomMetadata.ShouldBe(state.CustomMetadata);
                AssetState.Create(read.Attributes, read.Labels, read.CustomAttributes, read.Tags, read.CustomMetadata).ShouldBe(state);
            },
            iter: 2_000);
    }

    [Fact]
    public void Every_attribute_is_found_by_its_number_and_no_other_is()
    {
        Gen.UInt.Array[20, 600].Sample(
            rolls =>
            {
                var state = RandomState.Of(new Dice(rolls));
                var present = state.Attributes.ToDictionary(attribute => attribute.AttributeId, attribute => attribute.Value);

                foreach (var id in Enumerable.Range(0, 1_000))
                {
                    state.Find(id).ShouldBe(present.TryGetValue(id, out var value) ? value : null);
                }
            },
            iter: 50);
    }

    [Fact]
    public void States_are_equal_only_when_everything_in_them_is()
    {
        Gen.Select(Gen.UInt.Array[20, 300], Gen.UInt.Array[20, 300]).Sample(
            (left, right) =>
            {
                var (one, two) = (RandomState.Of(new Dice(left)), RandomState.Of(new Dice(right)));

                one.Equals(two).ShouldBe(
                    one.Attributes.SequenceEqual(two.Attributes) && one.Labels.SequenceEqual(two.Labels, StringComparer.Ordinal) && one.CustomAttributes.SequenceEqual(two.CustomAttributes)
                    && one.Tags.SequenceEqual(two.Tags) && one.CustomMetadata.SequenceEqual(two.CustomMetadata));
            },
            iter: 2_000);
    }

    [Fact]
    public void The_place_of_a_date_is_where_its_eight_bytes_stand()
    {
        var state = AssetState.Create(
            [new AttributeValue(3, CanonicalValue.FromText("a")), new AttributeValue(400, CanonicalValue.FromDate(0)), new AttributeValue(500, CanonicalValue.FromDate(7))], [], NoCustom);
        var bytes = state.Encoded.ToArray();

        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(state.OffsetOfDate(400)), 1_700_000_000_000);

        AssetState.Decode(bytes).Find(400).ShouldBe(CanonicalValue.FromDate(1_700_000_000_000));
        AssetState.Decode(bytes).Find(500).ShouldBe(CanonicalValue.FromDate(7));
        Should.Throw<ArgumentException>(() => state.OffsetOfDate(3));
        Should.Throw<ArgumentException>(() => state.OffsetOfDate(4));
    }

    [Fact]
    public void Attributes_out_of_order_or_repeated_are_refused()
    {
        var value = CanonicalValue.FromText("a");

        Should.Throw<ArgumentException>(() => AssetState.Create([new(2, value), new(1, value)], [], NoCustom));
        Should.Throw<ArgumentException>(() => AssetState.Create([new(1, value), new(1, value)], [], NoCustom));
    }

    [Fact]
    public void Tags_and_custom_metadata_out_of_order_or_repeated_are_refused()
    {
        var value = CanonicalValue.FromText("a");
        var (one, two) = (new AssetTag(1, Guid.Empty), new AssetTag(1, new Guid("00000000-0000-0000-0000-000000000001")));

        Should.Throw<ArgumentException>(() => AssetState.Create([], [], NoCustom, [two, one], []));
        Should.Throw<ArgumentException>(() => AssetState.Create([], [], NoCustom, [one, one], []));
        Should.Throw<ArgumentException>(() => AssetState.Create([], [], NoCustom, [], [new(2, value), new(1, value)]));
        Should.Throw<ArgumentException>(() => AssetState.Create([], [], NoCustom, [one with { Attributes = [new(1, value), new(1, value)] }], []));
    }

    [Fact]
    public void Without_tags_and_custom_metadata_a_state_is_written_as_it_always_was()
    {
        AssetState.Empty.Encoded.ToArray().ShouldBe([1, 0, 0, 0]);
        AssetState.Decode(new byte[] { 1, 0, 0, 0 }).Tags.ShouldBeEmpty();
        AssetState.Decode(new byte[] { 1, 0, 0, 0 }).CustomMetadata.ShouldBeEmpty();
        AssetState.Create([], [], NoCustom, [], []).ShouldBe(AssetState.Empty);
    }

    [Fact]
    public void Two_tags_are_equal_only_when_all_that_is_said_of_them_is()
    {
        var tag = new AssetTag(1, Guid.Empty)
        {
            Propagate = true,
            Attributes = [new(1, CanonicalValue.FromText("a"))],
            ValidityPeriods = [new("a", "b", "c")],
        };

        var same = tag with { Attributes = [new(1, CanonicalValue.FromText("a"))], ValidityPeriods = [new("a", "b", "c")] };
        same.ShouldBe(tag);
        same.GetHashCode().ShouldBe(tag.GetHashCode());
        new[]
        {
            tag with { TypeId = 2 },
            tag with { Source = new Guid("00000000-0000-0000-0000-000000000001") },
            tag with { Propagate = false },
            tag with { RemovePropagationsOnEntityDelete = true },
            tag with { RestrictPropagationThroughLineage = true },
            tag with { RestrictPropagationThroughHierarchy = true },
            tag with { Attributes = [] },
            tag with { Attributes = [new(1, CanonicalValue.FromText("b"))] },
            tag with { ValidityPeriods = [new("a", "b", "d")] },
        }.ShouldAllBe(other => other != tag);
    }

    [Fact]
    public void An_unknown_format_is_refused() => Should.Throw<InvalidDataException>(() => AssetState.Decode(new byte[] { 9, 0, 0, 0 }));

    [Fact]
    public void The_stored_form_is_as_approved()
    {
        var state = AssetState.Create(
            [new(1, CanonicalValue.FromText("é")), new(2, CanonicalValue.FromBoolean(true)), new(300, CanonicalValue.FromDate(1_700_000_000_000))],
            ["a", "b"],
            NoCustom.Add("k", "v"));

        ApprovedFile.Match(Convert.ToHexStringLower(state.Encoded.Span), "asset-state.txt");
    }

    [Fact]
    public void The_stored_form_with_tags_and_custom_metadata_is_as_approved()
    {
        var source = new Guid("a55e7000-0000-7000-8000-00000000000c");
        var state = AssetState.Create(
            [new(1, CanonicalValue.FromText("é"))],
            [],
            NoCustom,
            [
                new AssetTag(7, source) { Propagate = true, RestrictPropagationThroughHierarchy = true },
                new AssetTag(300, source) { Attributes = [new(9, CanonicalValue.FromBoolean(true))], ValidityPeriods = [new("s", "", "z")] },
            ],
            [new(400, CanonicalValue.FromText("m"))]);

        ApprovedFile.Match(Convert.ToHexStringLower(state.Encoded.Span), "asset-state-facets.txt");
    }
}
