using Cartulary.Core.Save.Derive.Rules;
using CsCheck;

namespace Cartulary.Core.Tests.Save.Derive.Rules;

public sealed class SortRankTests
{
    [Fact]
    public void Every_guid_gives_a_place() => Gen.Guid.Sample(guid => SortRank.IsValid(SortRank.Of(guid)));

    [Fact]
    public void Places_of_different_guids_differ() => Gen.Guid.Select(Gen.Guid).Sample((one, two) => one == two || SortRank.Of(one) != SortRank.Of(two));

    [Fact]
    public void Places_follow_the_times_of_their_guids() => Gen.Long[0, 36L * 36 * 36 * 36 * 36 * 36 * 1000 - 2].Sample(milliseconds =>
    {
        var (early, late) = (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds + 1));

        return string.CompareOrdinal(SortRank.Of(Guid.CreateVersion7(early)), SortRank.Of(Guid.CreateVersion7(late))) < 0;
    });

    [Theory]
    [InlineData("0|i00000:", true)]
    [InlineData("0|zzzzzz:abc09", true)]
    [InlineData("0|i00000", false)]
    [InlineData("1|i00000:", false)]
    [InlineData("0|i0000:a", false)]
    [InlineData("0|i00000:A", false)]
    [InlineData("0|I00000:", false)]
    [InlineData("", false)]
    public void A_place_has_its_form(string text, bool isOne) => SortRank.IsValid(text).ShouldBe(isOne);

    [Theory]
    [InlineData(247, true)]
    [InlineData(248, false)]
    public void A_place_has_an_end(int length, bool isOne) => SortRank.IsValid($"0|i00000:{new string('a', length)}").ShouldBe(isOne);
}
