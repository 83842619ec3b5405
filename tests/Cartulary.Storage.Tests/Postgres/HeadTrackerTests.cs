using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Reading;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>What a process knows of the head, when the log that it was reading is replaced by another one.</summary>
public sealed class HeadTrackerTests
{
    private static readonly Guid First = new("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Second = new("22222222-2222-4222-8222-222222222222");

    private readonly HeadTracker _tracker = new(Row(First, 5));

    [Fact]
    public void What_was_read_of_a_log_that_has_been_replaced_meanwhile_is_told_to_be_of_none()
    {
        var observer = new Observer();
        _tracker.Observe(observer);
        Take(Row(Second, 3));

        _tracker.See(Row(First, 9), [new CommitTouches(9, [7])]).ShouldBeFalse();

        _tracker.Told.ShouldBe(3);
        _tracker.Signal.Head.LogId.ShouldBe(Second);
        observer.Told.ShouldBe(["all 6"]);
    }

    [Fact]
    public void An_older_head_of_the_known_log_may_be_stood_on_and_moves_nothing()
    {
        _tracker.See(Row(First, 4), []).ShouldBeTrue();

        _tracker.Told.ShouldBe(5);
        _tracker.Signal.Head.Commit.Value.ShouldBe(5);
    }

    [Fact]
    public void What_readers_saw_of_a_lost_end_is_what_nothing_later_can_be_based_on()
    {
        _tracker.See(Row(First, 8), []).ShouldBeTrue();

        Take(Row(Second, 6)).ShouldBe(9);
        Take(Row(First, 20)).ShouldBe(21);
    }

    private static HeadRow Row(Guid log, long commit) => new(
        log,
        new Counters { Commit = commit, Sequence = 0, Oldest = 1, RegistryVersion = 0, Time = 0, Asset = 0, Revision = 0, Edge = 0, Trimmed = 0 },
        new Guid((int)commit, 0, 0, new byte[8]));

    private long Take(HeadRow row) => _tracker.Take(row.Head, row.Last);

    private sealed class Observer : ICommitObserver
    {
        public List<string> Told { get; } = [];

        public void Saved(CommitNumber commit, ImmutableArray<ulong> touches) => Told.Add($"{string.Join(',', touches)} {commit.Value}");

        public void Redefined(CommitNumber commit) => Told.Add($"all {commit.Value}");
    }
}
