using Cartulary.Core.Ports;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>Requests that were sent with a key, each stored in the commit that answers it.</summary>
public abstract partial class CatalogStoreConformance
{
    private const string Key = "a key";

    [Fact]
    public async Task A_request_is_found_by_its_actor_and_key_with_its_commit()
    {
        var receipt = (await CommitAsync(Keyed("a", hash: UInt128.MaxValue - 7, answer: [1, 2, 3]))).Receipt;

        var found = (await FindAsync()).ShouldNotBeNull();

        found.Hash.ShouldBe(UInt128.MaxValue - 7);
        found.Answer.ToArray().ShouldBe([1, 2, 3]);
        found.Commit.Commit.ShouldBe(receipt.Commit);
        found.Commit.FirstSequence.ShouldBe(receipt.FirstSequence);
        found.Commit.Time.ShouldBe(receipt.Time);
        found.Commit.Log.ToArray().ShouldBe((await LogAsync()).Single().Log.ToArray());
    }

    [Fact]
    public async Task A_key_belongs_to_its_actor()
    {
        await CommitAsync(Keyed("a"));

        (await FindAsync(actor: "another")).ShouldBeNull();
        (await FindAsync(key: "another")).ShouldBeNull();
    }

    [Fact]
    public async Task A_commit_without_a_key_stores_none()
    {
        await CommitAsync(Plan().Create("a"));

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_request_from_before_a_time_is_not_found()
    {
        var time = (await CommitAsync(Keyed("a"))).Receipt.Time;

        (await FindAsync(notBefore: time)).ShouldNotBeNull();
        (await FindAsync(notBefore: time + 1)).ShouldBeNull();
    }

    [Fact]
    public async Task A_later_request_with_the_same_key_takes_its_place()
    {
        await CommitAsync(Keyed("a", hash: 1));
        var second = await CommitAsync(Keyed("b", hash: 2));

        var found = (await FindAsync()).ShouldNotBeNull();

        found.Hash.ShouldBe((UInt128)2);
        found.Commit.Commit.ShouldBe(second.Receipt.Commit);
    }

    [Fact]
    public async Task Old_requests_are_removed_as_new_ones_come()
    {
        for (var number = 0; number < 20; number++)
        {
            await CommitAsync(Keyed($"old{number}", key: $"old{number}"));
        }

        Clock.Advance(TimeSpan.FromHours(1));
        for (var number = 0; number < 20; number++)
        {
            await CommitAsync(Keyed($"new{number}", key: $"new{number}", notBefore: Clock.GetUtcNow().ToUnixTimeMilliseconds()));
        }

        for (var number = 0; number < 20; number++)
        {
            (await FindAsync(key: $"old{number}")).ShouldBeNull();
            (await FindAsync(key: $"new{number}")).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_request_is_kept_when_the_catalog_is_opened_again()
    {
        await CommitAsync(Keyed("a"));
        Store = await ReopenAsync(Clock);

        (await FindAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_commit_without_events_can_answer_a_request()
    {
        var assets = await CreateAsync("a", "b");
        var plan = Plan().Mention(assets[0], out var end1).Mention(assets[1], out var end2).Open(5, end1, end2).Answers(Request(Key));
        await CommitAsync(plan);

        (await FindAsync()).ShouldNotBeNull().Commit.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_written_leaves_no_request()
    {
        await Should.ThrowAsync<Exception>(async () => await CommitAsync(Keyed("a").Close(row: 12_345)));

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_sends_of_one_request_only_one_is_committed_and_the_others_find_it()
    {
        var mark = ConflictMarks.Request("tester", Key);
        var head = Store.Head;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => SendAsync($"a{number}")));

        outcomes.Count(outcome => outcome is CommitOutcome.Committed).ShouldBe(1);
        outcomes.OfType<CommitOutcome.NotCommitted>().Select(outcome => outcome.Outcome).OfType<PlanOutcome.Answered>().Count().ShouldBe(29);
        Store.Head.Commit.ShouldBe(new CommitNumber(1));

        async Task<CommitOutcome> SendAsync(string name) => await Store.CommitAsync(
            new PlanBuilder(head).Reads(mark).Writes(mark).Create(name).Answers(Request(Key)).Build(),
            async (session, token) => await session.FindRequestAsync("tester", Key, notBefore: 0, token) is { } found
                ? new PlanOutcome.Answered(found)
                : throw new InvalidOperationException("The request should have been answered."),
            Cancel);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(100, 5)]
    public async Task Some_edges_of_an_end_are_at_most_so_many(int limit, int expected)
    {
        var plan = Plan().Create("parent", out var parent);
        for (var number = 0; number < 5; number++)
        {
            plan.Create($"child{number}", out var child).Open(5, parent, child);
        }

        await CommitAsync(plan);
        var end = new EndKey((await AssetAsync("parent")).Id, 5, Core.Types.EndSide.One, IsSymmetric: false);
        await using var session = await Store.ReadAsync(Cancel);

        var some = (await session.SomeEdgesAtAsync([end], limit, Cancel))[end];

        some.Length.ShouldBe(expected);
        some.ShouldBeSubsetOf(await EdgesAsync(end));
    }

    private static PlannedRequest Request(string key, UInt128 hash = default, byte[]? answer = null, long notBefore = 0) =>
        new(new RequestKey(key, hash, IsStrict: true, notBefore), answer ?? []);

    private PlanBuilder Keyed(string asset, string key = Key, UInt128 hash = default, byte[]? answer = null, long notBefore = 0) =>
        Plan().Create(asset).Answers(Request(key, hash, answer, notBefore));

    private async Task<AnsweredRequest?> FindAsync(string actor = "tester", string key = Key, long notBefore = 0)
    {
        await using var session = await Store.ReadAsync(Cancel);
        return await session.FindRequestAsync(actor, key, notBefore, Cancel);
    }
}
