using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Server.Endpoints.Events;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class FeedPositionTests
{
    private static readonly CatalogHead Head = new(Guid.Empty, new CommitNumber(9), Sequence: 20, Oldest: 11, RegistryVersion: 1, Time: 1);

    [Theory]
    [InlineData(9, "CARTULARY-410-00-001")]
    [InlineData(10, null)]
    [InlineData(20, null)]
    [InlineData(21, "CARTULARY-409-00-001")]
    public void A_position_must_lie_within_what_is_kept(long after, string? code) =>
        Check(FeedStart.After, after, log: null).ShouldBe(code);

    [Fact]
    public void A_reader_who_gives_no_position_is_always_right() => Check(FeedStart.Oldest, 0, log: null).ShouldBeNull();

    [Fact]
    public void Another_log_is_refused_whatever_the_position() =>
        Check(FeedStart.Latest, 0, "00000000-0000-0000-0000-000000000001").ShouldBe(ErrorCodes.PositionAhead.Code);

    private static string? Check(FeedStart start, long after, string? log) =>
        FeedPosition.Check(new FeedRequest(start, new FeedQuery(after, 1), TimeSpan.Zero, log), Head)?.Code.Code;
}
