using Cartulary.Core.Ports;
using Cartulary.Core.Save.ShortCut;

namespace Cartulary.Core.Tests.Save.ShortCut;

/// <summary>A member is known only by a verdict that held on the head which was looked at for its request.</summary>
public sealed class KnownMembersTests
{
    private static readonly Guid Asset = new("33333333-3333-4333-8333-333333333333");
    private static readonly MemberSlice Member = new(new Fingerprint(1, 2), GuidStart: 0, GuidLength: 0);

    private readonly VerdictCache _cache = new(64);

    public KnownMembersTests()
    {
        _cache.Saved(new CommitNumber(5), []);
        _cache.Put(Member.Fingerprint, new Verdict(Asset, asOf: 5, []));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void A_verdict_found_on_that_head_or_before_it_counts(long asOf) => Known(asOf).ShouldBe(1);

    [Fact]
    public void A_verdict_found_on_a_later_head_than_was_looked_at_does_not_count() => Known(4).ShouldBe(0);

    [Fact]
    public void A_verdict_that_another_request_finds_where_no_head_was_looked_at_does_not_count() => Known(KnownMembers.AsOfNever).ShouldBe(0);

    [Fact]
    public void A_verdict_whose_asset_was_touched_since_does_not_count()
    {
        _cache.Saved(new CommitNumber(6), [ConflictMarks.Touch(Asset)]);

        Known(6).ShouldBe(0);
    }

    [Fact]
    public void A_verdict_from_before_types_or_settings_changed_does_not_count()
    {
        _cache.Redefined(new CommitNumber(6));

        Known(6).ShouldBe(0);
    }

    private int Known(long asOf) => new KnownMembers(_cache, default, BodyShape.Bulk, [Member], asOf).Count;
}
