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
                AssetState.Create(read.Attributes, read.Labels, read.CustomAttributes).ShouldBe(state);
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
                    one.Attributes.SequenceEqual(two.Attributes) && one.Labels.SequenceEqual(two.Labels, StringComparer.Ordinal) && one.CustomAttributes.SequenceEqual(two.CustomAttributes));
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
}
