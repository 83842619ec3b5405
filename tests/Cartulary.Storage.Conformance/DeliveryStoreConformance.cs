using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Storage.Conformance;

/// <summary>What every store of subscriptions and sinks must do.</summary>
public abstract partial class DeliveryStoreConformance : IAsyncLifetime
{
    private static readonly Guid Asset = Guid.CreateVersion7();
    private static readonly Guid Server = Guid.CreateVersion7();

    private IDeliveryStore _store = null!;

    /// <summary>The log that all subscriptions here are of.</summary>
    protected static Guid Log { get; } = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The leases of the same catalog.</summary>
    protected abstract ILeases Leases { get; }

    /// <summary>Opens a store on a place that nobody has used.</summary>
    protected abstract ValueTask<IDeliveryStore> OpenFreshAsync();

    /// <summary>Closes the store and opens it again.</summary>
    protected abstract ValueTask<IDeliveryStore> ReopenAsync();

    /// <summary>Takes away what every change of a subscription needs, or gives it back.</summary>
    protected abstract ValueTask SetWritableAsync(bool isWritable);

    /// <summary>Closes the store and removes what it left.</summary>
    protected abstract ValueTask CloseAsync();

    public async ValueTask InitializeAsync() => _store = await OpenFreshAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_subscription_is_found_as_it_was_added_also_after_a_restart()
    {
        var row = Row("one");
        (await _store.AddAsync(row, 10, Cancel)).ShouldBeTrue();

        _store = await ReopenAsync();

        var found = (await _store.FindAsync("one", Cancel)).ShouldNotBeNull();
        Same(found.Row, row);
        found.State.ShouldBe(new DeliveryState(1, Log, 7, EndpointCondition.Unknown));
        (found.Parked, found.DeadLetters).ShouldBe((0, 0));
        (await _store.FindAsync("two", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task It_says_that_nothing_can_be_stored_until_something_can_be_again()
    {
        (await _store.WhyNotWritableAsync(Cancel)).ShouldBeNull();
        await SetWritableAsync(false);
        await Should.ThrowAsync<Exception>(async () => await _store.AddAsync(Row("one"), 10, Cancel));

        (await _store.WhyNotWritableAsync(Cancel)).ShouldNotBeNull();
        await SetWritableAsync(true);

        (await _store.AddAsync(Row("one"), 10, Cancel)).ShouldBeTrue();
        (await _store.WhyNotWritableAsync(Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task There_are_never_more_than_allowed()
    {
        await _store.AddAsync(Row("one"), 2, Cancel);
        await _store.AddAsync(Row("two"), 2, Cancel);

        (await _store.AddAsync(Row("three"), 2, Cancel)).ShouldBeFalse();
        (await _store.ListAsync(Cancel)).Select(summary => summary.Row.Id).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Each_change_is_noticed()
    {
        var before = await _store.ChangesAsync(Cancel);
        await _store.AddAsync(Row("one"), 10, Cancel);
        var added = await _store.ChangesAsync(Cancel);
        await _store.ReplaceAsync(Row("one") with { Revision = 2 }, Cancel);
        var replaced = await _store.ChangesAsync(Cancel);
        await _store.RemoveAsync("one", Cancel);
        var removed = await _store.ChangesAsync(Cancel);

        new[] { before, added, replaced, removed }.ShouldBeUnique();
        (before < added && added < replaced && replaced < removed).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_changes_of_one_revision_one_is_made()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);

        (await _store.ReplaceAsync(Row("one") with { Revision = 2, Document = new byte[] { 2 } }, Cancel)).ShouldBeTrue();
        (await _store.ReplaceAsync(Row("one") with { Revision = 2, Document = new byte[] { 3 } }, Cancel)).ShouldBeFalse();

        (await _store.FindAsync("one", Cancel))!.Row.Document.ToArray().ShouldBe([2]);
    }

    [Fact]
    public async Task A_checkpoint_is_loaded_again()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        var condition = new EndpointCondition { FailingSince = 1, FailedProbes = 2, NextAttempt = 3, LastSuccess = 4, Disabled = "GONE", Told = NoticeKind.Failing };
        var checkpoint = Checkpoint("one", 9) with
        {
            State = new DeliveryState(1, Log, 9, condition),
            Parked = [new ParkedEvent(8, Asset, 4, 123), new ParkedEvent(9, Asset, 0, Due: null)],
        };

        (await _store.CheckpointAsync(await LeaseAsync(), [checkpoint], Cancel)).ShouldBeTrue();
        _store = await ReopenAsync();

        var loaded = (await _store.LoadAsync(0, Cancel)).ShouldHaveSingleItem();
        Same(loaded.Row, Row("one"));
        loaded.State.ShouldBe(checkpoint.State);
        loaded.Parked.ShouldBe(checkpoint.Parked);
        (await _store.LoadAsync(1, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Parked_events_change_and_go()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        var lease = await LeaseAsync();
        var parked = Checkpoint("one", 9) with { Parked = [new ParkedEvent(8, Asset, 4, 123), new ParkedEvent(9, Asset, 0, Due: null)] };
        await _store.CheckpointAsync(lease, [parked], Cancel);

        await _store.CheckpointAsync(lease, [Checkpoint("one", 9) with { Parked = [new ParkedEvent(9, Asset, 1, 456)], Unparked = [8] }], Cancel);

        (await _store.LoadAsync(0, Cancel))[0].Parked.ShouldBe([new ParkedEvent(9, Asset, 1, 456)]);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_stores_nothing()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        var lost = await LeaseAsync();
        await Leases.ReleaseAsync(lost, Cancel);
        await Leases.TryTakeAsync(lost.Name, Guid.CreateVersion7(), Cancel);

        (await _store.CheckpointAsync(lost, [Checkpoint("one", 9) with { Parked = [new ParkedEvent(8, Asset, 4, 123)] }], Cancel)).ShouldBeFalse();

        var loaded = (await _store.LoadAsync(0, Cancel))[0];
        loaded.State.Position.ShouldBe(7);
        loaded.Parked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_checkpoint_of_an_earlier_generation_is_left_out_and_the_others_are_stored()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        await _store.AddAsync(Row("two"), 10, Cancel);
        await _store.ReplaceAsync(Row("one") with { Revision = 2, Generation = 2, Start = 3 }, Cancel);

        var late = Checkpoint("one", 9) with { Parked = [new ParkedEvent(8, Asset, 4, 123)] };
        (await _store.CheckpointAsync(await LeaseAsync(), [late, Checkpoint("two", 9), Checkpoint("gone", 9)], Cancel)).ShouldBeTrue();

        var loaded = await _store.LoadAsync(0, Cancel);
        loaded.Select(subscription => subscription.State.Position).ShouldBe([7, 9]);
        loaded[0].Parked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_that_is_set_back_drops_what_is_parked_after_it()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        await _store.CheckpointAsync(
            await LeaseAsync(), [Checkpoint("one", 9) with { Parked = [new ParkedEvent(3, Asset, 4, 1), new ParkedEvent(8, Asset, 4, 2)] }], Cancel);

        await _store.ReplaceAsync(Row("one") with { Revision = 2, Generation = 2, Start = 5 }, Cancel);

        var loaded = (await _store.LoadAsync(0, Cancel))[0];
        loaded.Parked.Select(parked => parked.Sequence).ShouldBe([3]);
        (loaded.Row.Generation, loaded.State.Generation).ShouldBe((2, 1));
    }

    [Fact]
    public async Task A_change_without_a_new_place_keeps_what_is_parked()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        await _store.CheckpointAsync(await LeaseAsync(), [Checkpoint("one", 9) with { Parked = [new ParkedEvent(8, Asset, 4, 2)] }], Cancel);

        await _store.ReplaceAsync(Row("one") with { Revision = 2 }, Cancel);

        (await _store.LoadAsync(0, Cancel))[0].Parked.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Dead_letters_are_listed_in_order_and_redriven()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        ImmutableArray<DeadLetter> dead = [new DeadLetter(3, Asset, 12, 100, "500"), new DeadLetter(5, Asset, 12, 200, "timeout"), new DeadLetter(6, Asset, 12, 300, "dns")];
        await _store.CheckpointAsync(await LeaseAsync(), [Checkpoint("one", 9) with { DeadLetters = dead }], Cancel);

        (await _store.DeadLettersAsync("one", 0, 2, Cancel)).ShouldBe(dead[..2]);
        (await _store.DeadLettersAsync("one", 5, 2, Cancel)).ShouldBe(dead[2..]);
        (await _store.RedriveAsync("one", [3, 3, 99], 1_000, Cancel)).ShouldBe(1);

        (await _store.DeadLettersAsync("one", 0, 9, Cancel)).ShouldBe(dead[1..]);
        var loaded = (await _store.LoadAsync(0, Cancel))[0];
        loaded.Parked.ShouldBe([new ParkedEvent(3, Asset, 0, 1_000, IsRedriven: true)]);
        loaded.Row.Revision.ShouldBe(2);
        (await _store.RedriveAsync("one", [], 1_000, Cancel)).ShouldBe(2);
        (await _store.FindAsync("one", Cancel))!.DeadLetters.ShouldBe(0);
    }

    [Fact]
    public async Task What_of_the_log_is_needed_is_told_for_each()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        await _store.AddAsync(Row("two"), 10, Cancel);
        var checkpoint = Checkpoint("one", 9) with
        {
            Parked = [new ParkedEvent(2, Asset, 4, 1), new ParkedEvent(8, Asset, 4, 2)],
            DeadLetters = [new DeadLetter(3, Asset, 12, 100, "500"), new DeadLetter(5, Asset, 12, 200, "500")],
        };
        await _store.CheckpointAsync(await LeaseAsync(), [checkpoint], Cancel);

        var all = await _store.PlacesAsync(1, Cancel);
        var later = await _store.PlacesAsync(4, Cancel);

        all.Select(place => (place.Row.Id, place.Current.Position, place.FirstParked, place.FirstDeadLetter))
            .ShouldBe([("one", 9, 2, 3), ("two", 7, (long?)null, (long?)null)]);
        (later[0].FirstParked, later[0].FirstDeadLetter).ShouldBe((8, 5));
        (await _store.PlacesAsync(9, Cancel))[0].FirstParked.ShouldBeNull();
    }

    [Fact]
    public async Task The_newest_attempts_come_first()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        ImmutableArray<StoredAttempt> attempts = [Attempt(1, "status", 500), Attempt(2, "timeout", status: null), Attempt(3, "delivered", 204)];
        await _store.CheckpointAsync(await LeaseAsync(), [Checkpoint("one", 9) with { Attempts = attempts }], Cancel);

        (await _store.AttemptsAsync("one", 2, Cancel)).ShouldBe([attempts[2], attempts[1]]);
    }

    [Fact]
    public async Task What_is_old_or_too_much_is_cleaned_away()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        await _store.AddAsync(Row("two"), 10, Cancel);
        ImmutableArray<StoredAttempt> attempts = [.. Enumerable.Range(1, 6).Select(n => Attempt(n, n % 2 == 0 ? "delivered" : "status", 200))];
        ImmutableArray<DeadLetter> dead = [new DeadLetter(3, Asset, 12, 100, "old"), new DeadLetter(5, Asset, 12, 200, "new")];
        var lease = await LeaseAsync();
        await _store.CheckpointAsync(
            lease,
            [
                Checkpoint("one", 9) with { Attempts = attempts, DeadLetters = dead, Notices = [Notice(140), Notice(150), Notice(160), Notice(170)] },
                Checkpoint("two", 9) with { Attempts = attempts, Notices = [Notice(180)] },
            ],
            Cancel);

        await _store.CleanAsync(
            new DeliveryKeeping(DeadLettersFrom: 150, FailuresFrom: 3, FailuresMax: 10, SuccessesMax: 2, NoticesFrom: 145, NoticesMax: 2), Cancel);

        (await _store.AttemptsAsync("one", 9, Cancel)).Select(attempt => attempt.Sequence).ShouldBe([6, 5, 4, 3]);
        (await _store.AttemptsAsync("two", 9, Cancel)).Length.ShouldBe(4);
        (await _store.DeadLettersAsync("one", 0, 9, Cancel)).Select(letter => letter.Reason).ShouldBe(["new"]);
        (await _store.NoticesAsync(id: null, 0, 9, Cancel)).Select(stored => stored.Notice.Time).ShouldBe([160, 170, 180]);
    }

    [Fact]
    public async Task Notices_are_read_on_from_the_last_one_that_is_known()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        await _store.AddAsync(Row("two"), 10, Cancel);
        ImmutableArray<DeliveryNotice> first = [Notice(1), new(NoticeKind.DeadLetter, 2) { Sequence = 3, Count = 4, Reason = "status 500" }];
        var failing = new DeliveryNotice(NoticeKind.Failing, 3) { Since = 1 };
        await _store.CheckpointAsync(
            await LeaseAsync(), [Checkpoint("one", 9) with { Notices = first }, Checkpoint("two", 9) with { Notices = [failing] }, Checkpoint("gone", 9) with { Notices = [failing] }], Cancel);

        var all = await _store.NoticesAsync(id: null, 0, 9, Cancel);
        _store = await ReopenAsync();

        all.Select(stored => (stored.Subscription, stored.Notice)).ShouldBe([("one", first[0]), ("one", first[1]), ("two", failing)]);
        all.Select(stored => stored.Id).ShouldBe(all.Select(stored => stored.Id).Order());
        (await _store.NoticesAsync(id: null, all[0].Id, 1, Cancel)).ShouldBe([all[1]]);
        (await _store.NoticesAsync("two", 0, 9, Cancel)).ShouldBe([all[2]]);
        (await _store.NoticesAsync(id: null, all[2].Id, 9, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_id_of_a_notice_is_not_used_again_when_the_notice_is_gone()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        await _store.CheckpointAsync(await LeaseAsync(), [Checkpoint("one", 9) with { Notices = [Notice(1)] }], Cancel);
        var last = (await _store.NoticesAsync(id: null, 0, 9, Cancel)).ShouldHaveSingleItem().Id;
        await _store.RemoveAsync("one", Cancel);
        await _store.AddAsync(Row("one"), 10, Cancel);
        _store = await ReopenAsync();

        await _store.CheckpointAsync(await LeaseAsync(), [Checkpoint("one", 9) with { Notices = [Notice(2)] }], Cancel);

        (await _store.NoticesAsync(id: null, last, 9, Cancel)).ShouldHaveSingleItem().Notice.Time.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_left_of_what_is_removed()
    {
        await _store.AddAsync(Row("one"), 10, Cancel);
        var checkpoint = Checkpoint("one", 9) with
        {
            Parked = [new ParkedEvent(8, Asset, 4, 2)],
            DeadLetters = [new DeadLetter(3, Asset, 12, 100, "500")],
            Attempts = [Attempt(1, "status", 500)],
            Notices = [Notice(1)],
        };
        await _store.CheckpointAsync(await LeaseAsync(), [checkpoint], Cancel);

        (await _store.RemoveAsync("one", Cancel)).ShouldBeTrue();
        (await _store.RemoveAsync("one", Cancel)).ShouldBeFalse();

        await _store.AddAsync(Row("one"), 10, Cancel);
        (await _store.LoadAsync(0, Cancel))[0].Parked.ShouldBeEmpty();
        (await _store.AttemptsAsync("one", 9, Cancel)).ShouldBeEmpty();
        (await _store.DeadLettersAsync("one", 0, 9, Cancel)).ShouldBeEmpty();
        (await _store.NoticesAsync("one", 0, 9, Cancel)).ShouldBeEmpty();
    }

    protected static SubscriptionRow Row(string id) => new(id, 0, 1, 1, 7, Log, new byte[] { 1, 2, 3 });

    protected static DeliveryCheckpoint Checkpoint(string id, long position) =>
        new(id, new DeliveryState(1, Log, position, EndpointCondition.Unknown), [], [], [], [], []);

    private static DeliveryNotice Notice(long time) => new(NoticeKind.Expired, time) { Sequence = 5 };

    private static StoredAttempt Attempt(long sequence, string @class, int? status) => new(sequence, 1, sequence, 5, @class, status, "body");

    private static void Same(SubscriptionRow found, SubscriptionRow expected)
    {
        found.Document.ToArray().ShouldBe(expected.Document.ToArray());
        (found with { Document = default }).ShouldBe(expected with { Document = default });
    }

    protected async Task<Lease> LeaseAsync() => (await Leases.TryTakeAsync(DeliveryShards.LeaseOf(0), Server, Cancel)).ShouldNotBeNull();
}
