using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>What readers of the feed share, and that sharing does not show.</summary>
public sealed class SharedFeedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_readers_at_the_head_cost_one_snapshot()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var store = new CountingStore(catalog.Store);
        using var feed = new EventFeed(store, catalog.Types, new FeedLimits());
        await catalog.SaveAsync(Tables(0, 3));

        var pages = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => feed.ReadAsync(new FeedQuery(0, 100), Cancel).AsTask()));

        store.Snapshots.ShouldBe(1);
        pages.ShouldAllBe(page => page.Events.Select(told => told.Sequence).SequenceEqual(new long[] { 1, 2, 3 }));
        pages.Select(page => page.Events[2]).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_page_that_was_read_before_costs_no_snapshot()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var store = new CountingStore(catalog.Store);
        using var feed = new EventFeed(store, catalog.Types, new FeedLimits());
        await catalog.SaveAsync(Tables(0, 30));
        await feed.ReadAsync(new FeedQuery(0, 100), Cancel);

        await feed.ReadAsync(new FeedQuery(4, 20) { TypeNames = ["Table"] }, Cancel);
        await feed.ReadAsync(new FeedQuery(0, 100) { Operations = ["ENTITY_DELETE"] }, Cancel);

        store.Snapshots.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_filter_has_decided_of_an_event_does_not_hold_for_one_that_takes_its_place_in_another_log()
    {
        await using var before = await TestCatalog.CreateAsync();
        await before.SaveAsync(Tables(0, 2));
        await using var after = await TestCatalog.CreateAsync();
        await after.SaveAsync(Tables(0, 1));
        await after.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"name":"t0","qualifiedName":"t/0","description":"d"}}]}""");
        var store = new CountingStore(before.Store);
        using var feed = new EventFeed(store, before.Types, new FeedLimits());
        var updates = new FeedQuery(0, 100) { Operations = ["ENTITY_UPDATE"] };
        (await feed.ReadAsync(updates, Cancel)).Events.ShouldBeEmpty();

        store.Replace(after.Store);

        (await feed.ReadAsync(updates, Cancel)).Events.ShouldHaveSingleItem().Sequence.ShouldBe(2);
    }

    [Fact]
    public async Task Types_that_have_been_replaced_are_not_kept_for_what_was_read_with_them()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        using var feed = new EventFeed(catalog.Store, catalog.Types, new FeedLimits());
        var first = await ReadWithNewestAsync(catalog, feed, 0);
        await catalog.DefineAsync(TagModel.Types);

        var second = await ReadWithNewestAsync(catalog, feed, 3);

        GC.Collect();
        first.IsAlive.ShouldBeFalse();
        second.IsAlive.ShouldBeTrue();
        (await feed.ReadAsync(new FeedQuery(0, 100), Cancel)).Events.Length.ShouldBe(6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(64 * 1024 * 1024)]
    public async Task However_little_is_remembered_every_page_is_the_same(long cacheBytes)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        for (var save = 0; save < 40; save++)
        {
            await catalog.SaveAsync(Tables(save * 7, 7));
        }

        var expected = (await catalog.Feed.ReadAsync(new FeedQuery(0, 1_000), Cancel)).Events;
        using var feed = new EventFeed(catalog.Store, catalog.Types, new FeedLimits { CacheBytes = cacheBytes });
        var readers = await Task.WhenAll(new[] { 1, 3, 50, 1_000 }.Select(limit => ReadAllAsync(feed, limit)));

        readers.ShouldAllBe(read => read.Select(told => told.Sequence).SequenceEqual(expected.Select(told => told.Sequence)));
        var envelopes = expected.Select(told => Convert.ToHexString(told.Envelope.Span)).ToList();
        foreach (var read in readers)
        {
            read.Select(told => Convert.ToHexString(told.Envelope.Span)).ShouldBe(envelopes);
        }
    }

    [Fact]
    public async Task A_reader_far_behind_large_events_costs_about_what_he_gets()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        for (var save = 0; save < 100; save++)
        {
            await catalog.SaveAsync($$"""{"entities":[{"typeName":"Table","attributes":{"name":"t","qualifiedName":"large","description":"{{save}}{{new string('d', 20_000)}}"} }]}""");
        }

        var states = 0;
        var store = CallProxy.Around<ICatalogStore>(
            catalog.Store, (_, result) => result is ValueTask<IReadSession> session ? new ValueTask<IReadSession>(CountedAsync(session)) : result);
        using var feed = new EventFeed(store, catalog.Types, new FeedLimits { CacheBytes = 500_000, PageBytes = 100_000 });

        (await ReadAllAsync(feed, 256)).Count.ShouldBe(100);

        states.ShouldBeLessThan(300);

        async Task<IReadSession> CountedAsync(ValueTask<IReadSession> session) =>
            CallProxy.Around(await session, (_, result) => result is ValueTask<IReadOnlyDictionary<long, AssetState>> read ? new ValueTask<IReadOnlyDictionary<long, AssetState>>(CountAsync(read)) : result);

        async Task<IReadOnlyDictionary<long, AssetState>> CountAsync(ValueTask<IReadOnlyDictionary<long, AssetState>> read)
        {
            var found = await read;
            states += found.Count;
            return found;
        }
    }

    private static async Task<WeakReference> ReadWithNewestAsync(TestCatalog catalog, EventFeed feed, int from)
    {
        await catalog.SaveAsync(Tables(from, 3));
        (await feed.ReadAsync(new FeedQuery(from, 100), Cancel)).Events.Length.ShouldBe(3);
        return new WeakReference(catalog.Types.Newest);
    }

    private static async Task<List<FeedEvent>> ReadAllAsync(EventFeed feed, int limit)
    {
        var events = new List<FeedEvent>();
        FeedPage page;
        var after = 0L;
        do
        {
            page = await feed.ReadAsync(new FeedQuery(after, limit), Cancel);
            events.AddRange(page.Events);
            after = page.Next;
        }
        while (after < page.Head.Sequence);

        return events;
    }

    private static string Tables(int first, int count) =>
        $"{{\"entities\":[{string.Join(',', Enumerable.Range(first, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{{\"typeName\":\"Table\",\"attributes\":{{\"name\":\"t{number}\",\"qualifiedName\":\"t/{number}\"}}}}")))}]}}";
}
