using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Storage.Conformance;

/// <summary>Places where tags are still to be passed on.</summary>
public abstract partial class CatalogStoreConformance
{
    private static readonly TagKey OneTag = new(7, Guid.Parse("00000000-0000-7000-8000-000000000001"));
    private static readonly TagKey OtherTag = new(7, Guid.Parse("00000000-0000-7000-8000-000000000002"));

    [Fact]
    public async Task Places_left_by_a_commit_are_found_in_order_with_who_left_them()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var receipt = (await CommitAsync(Plan().Create("a").LeaveTags(
            new TagWorkInsert(first, OneTag, TagWorkKind.Look), new TagWorkInsert(second, OtherTag, TagWorkKind.PassOn)))).Receipt;

        await using var session = await Store.ReadAsync(Cancel);
        var all = await session.TagWorkAsync(of: null, default, 10, Cancel);

        all.Select(work => (work.Id, work.Key, work.Asset, work.Kind)).ShouldBe(
        [
            (new TagWorkId(receipt.Commit, 0), OneTag, first, TagWorkKind.Look), (new TagWorkId(receipt.Commit, 1), OtherTag, second, TagWorkKind.PassOn),
        ]);
        all.ShouldAllBe(work => work.Actor.Length > 0);
        (await session.TagWorkAsync(of: null, all[0].Id, 10, Cancel)).ShouldBe([all[1]]);
        (await session.TagWorkAsync(of: null, default, 1, Cancel)).ShouldBe([all[0]]);
        (await session.TagWorkAsync(OtherTag, default, 10, Cancel)).ShouldBe([all[1]]);
        (await session.TagWorkAsync(OneTag, TagWorkId.After(receipt.Commit), 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tag_is_pending_until_all_of_its_places_are_done()
    {
        await CommitAsync(Plan().Create("a").LeaveTags(
            new TagWorkInsert(Guid.NewGuid(), OneTag, TagWorkKind.Look), new TagWorkInsert(Guid.NewGuid(), OneTag, TagWorkKind.Look)));
        var places = await PlacesAsync();
        (await PendingAsync()).ShouldBe([OneTag]);
        (await CountAsync()).ShouldBe([(OneTag, 2L)]);

        await CommitAsync(Plan().FinishTags(places[0].Id));
        (await PendingAsync()).ShouldBe([OneTag]);

        await CommitAsync(Plan().LeaveTags(new TagWorkInsert(Guid.NewGuid(), OneTag, TagWorkKind.PassOn)).FinishTags(places[1].Id));
        (await CountAsync()).ShouldBe([(OneTag, 1L)]);

        await CommitAsync(Plan().FinishTags([.. (await PlacesAsync()).Select(place => place.Id)]));
        (await PendingAsync()).ShouldBeEmpty();
        (await CountAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_that_is_done_already_is_passed_over()
    {
        await CommitAsync(Plan().Create("a").LeaveTags(new TagWorkInsert(Guid.NewGuid(), OneTag, TagWorkKind.Look)));
        var place = (await PlacesAsync()).ShouldHaveSingleItem();
        await CommitAsync(Plan().FinishTags(place.Id));

        await CommitAsync(Plan().Create("b").FinishTags(place.Id));

        (await PlacesAsync()).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<TagWork>> PlacesAsync()
    {
        await using var session = await Store.ReadAsync(Cancel);
        return await session.TagWorkAsync(of: null, default, 100, Cancel);
    }

    private async Task<IReadOnlySet<TagKey>> PendingAsync()
    {
        await using var session = await Store.ReadAsync(Cancel);
        return await session.PendingTagsAsync([OneTag, OtherTag], Cancel);
    }

    private async Task<IReadOnlyList<(TagKey Key, long Places)>> CountAsync()
    {
        await using var session = await Store.ReadAsync(Cancel);
        return await session.CountTagWorkAsync(10, Cancel);
    }
}
