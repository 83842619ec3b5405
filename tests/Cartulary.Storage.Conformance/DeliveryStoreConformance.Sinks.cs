using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Storage.Conformance;

public abstract partial class DeliveryStoreConformance
{
    [Fact]
    public async Task A_sink_is_found_as_it_was_added_also_after_a_restart()
    {
        await _store.AddSinkAsync(Sink("one"), Cancel);
        await _store.AddSinkAsync(Sink("one") with { Position = 99 }, Cancel);

        _store = await ReopenAsync();

        (await _store.FindSinkAsync("one", Cancel)).ShouldBe(Sink("one"));
        (await _store.FindSinkAsync("two", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_checkpoint_of_a_sink_is_found_again_with_what_is_wrong_with_it()
    {
        await _store.AddSinkAsync(Sink("one"), Cancel);
        var trouble = new SinkTrouble("MESSAGE_TOO_LARGE", "too large", 123, IsBlocking: true) { Sequence = 10, Asset = Asset, Partitions = 7 };
        var later = Sink("one") with { Position = 9, Target = "other", Partitions = 6, Accepted = 7, Trouble = trouble };

        (await _store.CheckpointSinkAsync(await LeaseAsync(), later, Cancel)).ShouldBe(SinkStored.Stored);
        _store = await ReopenAsync();

        (await _store.FindSinkAsync("one", Cancel)).ShouldBe(later);
        var well = later with { Trouble = null };
        (await _store.CheckpointSinkAsync(await LeaseAsync(), well, Cancel)).ShouldBe(SinkStored.Stored);
        (await _store.FindSinkAsync("one", Cancel)).ShouldBe(well);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_does_not_move_a_sink()
    {
        await _store.AddSinkAsync(Sink("one"), Cancel);
        var lost = await LeaseAsync();
        await Leases.ReleaseAsync(lost, Cancel);
        await Leases.TryTakeAsync(lost.Name, Guid.CreateVersion7(), Cancel);

        (await _store.CheckpointSinkAsync(lost, Sink("one") with { Position = 9 }, Cancel)).ShouldBe(SinkStored.LeaseLost);

        (await _store.FindSinkAsync("one", Cancel)).ShouldBe(Sink("one"));
    }

    [Fact]
    public async Task A_checkpoint_of_a_sink_that_somebody_has_changed_is_left_out()
    {
        await _store.AddSinkAsync(Sink("one"), Cancel);
        var changed = Sink("one") with { Revision = 2, Position = 20 };
        (await _store.ReplaceSinkAsync(changed, skipped: null, Cancel)).ShouldBeTrue();

        (await _store.CheckpointSinkAsync(await LeaseAsync(), Sink("one") with { Position = 9 }, Cancel)).ShouldBe(SinkStored.Changed);
        (await _store.CheckpointSinkAsync(await LeaseAsync(), Sink("none"), Cancel)).ShouldBe(SinkStored.Changed);

        (await _store.FindSinkAsync("one", Cancel)).ShouldBe(changed);
    }

    [Fact]
    public async Task Of_two_changes_of_a_sink_at_one_revision_one_is_made_and_what_it_skips_is_listed()
    {
        await _store.AddSinkAsync(Sink("one"), Cancel);
        var (first, second) = (new SkippedEvent(8, Asset, 100, "large"), new SkippedEvent(9, Asset, 200, "large"));

        (await _store.ReplaceSinkAsync(Sink("one") with { Revision = 2 }, first, Cancel)).ShouldBeTrue();
        (await _store.ReplaceSinkAsync(Sink("one") with { Revision = 2, Position = 50 }, second, Cancel)).ShouldBeFalse();
        (await _store.SkippedAsync("one", 9, Cancel)).ShouldBe([first]);
        (await _store.ReplaceSinkAsync(Sink("one") with { Revision = 3 }, second, Cancel)).ShouldBeTrue();

        (await _store.SkippedAsync("one", 9, Cancel)).ShouldBe([second, first]);
        (await _store.SkippedAsync("one", 1, Cancel)).ShouldBe([second]);
        (await _store.SkippedAsync("two", 9, Cancel)).ShouldBeEmpty();
    }

    protected static SinkRow Sink(string name) => new(name, 1, Log, 7, "topic", Partitions: null, Accepted: null, Trouble: null);
}
