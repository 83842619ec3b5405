using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Types;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Core.Tests.Events;

public sealed class CommitLogTests
{
    [Fact]
    public void Records_are_read_back_as_they_were_written()
    {
        Gen.UInt.Array[20, 300].Sample(
            rolls =>
            {
                var dice = new Dice(rolls);
                var kinds = Enumerable.Range(0, dice.Between(1, 5)).Select(_ => dice.Pick(Enum.GetValues<EventKind>())).ToList();
                var events = kinds.Select(kind => LogFixture.Event(kind, dice.Pick(Enum.GetValues<AssetStatus>()), new EventBody { Added = [LogFixture.Delta("table", dice.Below(4))] })).ToImmutableArray();
                var numbers = kinds.ConvertAll(_ => new EventNumbers(new AssetId(dice.Between(1, int.MaxValue - 1)), dice.Between(1, 1_000), dice.Between(1, 1_000_000)));
                var lists = kinds.ConvertAll(_ => RandomLists(dice));

                var records = CommitLog.Decode(LogFixture.Commit(events, numbers, lists));

                records.Select(record => record.Kind).ShouldBe(kinds);
                records.Select(record => record.Status).ShouldBe(events.Select(planned => planned.Status));
                records.Select(record => record.Numbers).ShouldBe(numbers);
                records.ShouldAllBe(record => record.Asset == record.References[0]);
                records.SelectMany(record => record.Lists.Select(list => (list.RelationshipId, list.Side))).ShouldBe(lists.SelectMany(list => list.Select(one => (one.RelationshipId, one.Side))));
                records.SelectMany(record => record.Lists.SelectMany(list => list.Members)).ShouldBe(lists.SelectMany(list => list.SelectMany(one => one.Members)));
            },
            iter: 1_000);
    }

    [Fact]
    public void A_commit_without_events_has_an_empty_log()
    {
        var commit = LogFixture.Commit([], [], []);

        commit.Log.IsEmpty.ShouldBeTrue();
        CommitLog.Decode(commit).ShouldBeEmpty();
    }

    [Fact]
    public void A_log_that_does_not_hold_as_many_events_as_its_commit_says_is_refused()
    {
        var commit = LogFixture.Commit([LogFixture.Event(EventKind.EntityCreate, AssetStatus.Active, EventBody.Empty)], [new(new AssetId(1), 1, 1)], [[]]);

        Should.Throw<InvalidDataException>(() => CommitLog.Decode(commit with { Count = 2 }));
        Should.Throw<InvalidDataException>(() => CommitLog.Decode(commit with { Log = new byte[] { 99, 0, 0 } }));
    }

    /// <summary>Members of lists are named in full, whether or not the plan speaks of them.</summary>
    private static ImmutableArray<EndList> RandomLists(Dice dice) =>
    [
        .. Enumerable.Range(0, dice.Below(3)).Select(_ => new EndList(
            dice.Between(1, 500),
            dice.Pick(Enum.GetValues<EndSide>()),
            [.. Enumerable.Range(0, dice.Below(4)).Select(_ => dice.Between(1, 9)).Distinct().Select(number => new LoggedAsset(new Guid(number, 0, 0, new byte[8]), number, $"q{number}"))])),
    ];
}
