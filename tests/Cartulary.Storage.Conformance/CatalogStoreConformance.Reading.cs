using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>Snapshots, and finding and loading assets.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task A_session_sees_nothing_of_later_commits()
    {
        var assets = await CreateAsync("a", "b");
        await using var session = await Store.ReadAsync(Cancel);

        await CommitAsync(Plan().Rename(assets[0], "a2").Mention(assets[1], out var b).Create("c", out var c).Open(5, b, c));
        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Deleted));

        session.Head.ShouldBe(session.Head with { Commit = new CommitNumber(1), Sequence = 2 });
        (await AssetAsync(session, "a")).ShouldBe(assets[0]);
        (await AssetAsync(session, "b")).Status.ShouldBe(AssetStatus.Active);
        (await session.FindByKeyAsync([PlanBuilder.KeyOf("c")], Cancel)).ShouldBeEmpty();
        (await session.EdgesOfAsync([assets[1].Id], Cancel)).ShouldBeEmpty();
        (await session.ScanAsync(default, 10, Cancel)).Length.ShouldBe(2);
        (await session.ReadLogAsync(0, 100, Cancel)).ShouldHaveSingleItem().Commit.ShouldBe(new CommitNumber(1));
    }

    [Fact]
    public async Task Snapshots_of_different_commits_can_be_open_at_once()
    {
        await CreateAsync("a");
        await using var first = await Store.ReadAsync(Cancel);
        await CreateAsync("b");
        await using var second = await Store.ReadAsync(Cancel);

        (await first.ScanAsync(default, 10, Cancel)).Length.ShouldBe(1);
        (await second.ScanAsync(default, 10, Cancel)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Many_readers_see_whole_commits_only()
    {
        await CreateAsync("a0", "b0");
        var writing = WriteAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ReadAsync()));
        await writing;

        async Task WriteAsync()
        {
            for (var i = 1; i <= 50; i++)
            {
                await CommitAsync(Plan().Rename(await AssetAsync($"a{i - 1}"), $"a{i}").Rename(await AssetAsync($"b{i - 1}"), $"b{i}"));
            }
        }

        async Task ReadAsync()
        {
            await using var session = await Store.ReadAsync(Cancel);
            var commit = session.Head.Commit.Value;
            await Task.Yield();
            (await AssetAsync(session, $"a{commit - 1}")).Version.ShouldBe(commit);
            (await AssetAsync(session, $"b{commit - 1}")).Version.ShouldBe(commit);
        }
    }

    [Fact]
    public async Task Unknown_guids_and_numbers_are_left_out()
    {
        var asset = (await CreateAsync("a")).Single();
        await using var session = await Store.ReadAsync(Cancel);
        var unknown = new AssetId(asset.Id.Value + 1);

        (await session.FindByGuidAsync([asset.Guid, Guid.CreateVersion7()], Cancel)).ShouldHaveSingleItem().ShouldBe(new(asset.Guid, asset.Id));
        (await session.LoadAsync([asset.Id, unknown], Cancel)).ShouldHaveSingleItem().ShouldBe(new(asset.Id, asset));
        (await session.CreationsAsync([asset.Id, unknown], Cancel)).ShouldHaveSingleItem().ShouldBe(new(asset.Id, asset.Created));
        (await session.StatesAsync([1_000_000], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_are_found_by_their_exact_value()
    {
        var longName = new string('n', 2_000) + "\u00e9\U0001F600";
        string[] names = ["Name", "name", "name ", "", "n\u00e4me", "na\0me", longName, longName + "\0x"];
        await CreateAsync(names);

        foreach (var name in names)
        {
            (await AssetAsync(name)).State.ShouldBe(PlanBuilder.State(name));
        }

        (await CountAsync("NAME")).ShouldBe(0);
        (await CountAsync("na")).ShouldBe(0);
    }

    [Fact]
    public async Task Keys_of_different_kinds_do_not_meet()
    {
        var asset = (await CreateAsync("a")).Single();
        await using var session = await Store.ReadAsync(Cancel);

        var matches = await session.FindByKeyAsync([new(DerivedKeys.GlossaryName, "a"), new(PlanBuilder.QualifiedName, "a")], Cancel);

        matches.ShouldHaveSingleItem().ShouldBe(new KeyMatch(PlanBuilder.KeyOf("a"), asset.Id, PlanBuilder.Table, AssetStatus.Active));
    }

    [Fact]
    public async Task Assets_of_different_types_may_hold_the_same_key()
    {
        await CommitAsync(Plan().Create("a", out _, typeId: 1).Create("a", out _, typeId: 2));
        await using var session = await Store.ReadAsync(Cancel);

        var matches = await session.FindByKeyAsync([PlanBuilder.KeyOf("a")], Cancel);

        matches.Select(match => match.TypeId).Order().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_match_tells_the_present_status()
    {
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().SetStatus(asset, AssetStatus.Deleted));
        await using var session = await Store.ReadAsync(Cancel);

        (await session.FindByKeyAsync([PlanBuilder.KeyOf("a")], Cancel)).ShouldHaveSingleItem().Status.ShouldBe(AssetStatus.Deleted);
    }

    [Fact]
    public async Task A_renamed_asset_is_found_by_its_new_name_only()
    {
        await CommitAsync(Plan().Rename((await CreateAsync("a")).Single(), "b"));

        (await CountAsync("a")).ShouldBe(0);
        (await CountAsync("b")).ShouldBe(1);
    }

    [Fact]
    public async Task Two_assets_can_change_names_with_each_other_in_one_plan()
    {
        var assets = await CreateAsync("a", "b");

        await CommitAsync(Plan().Rename(assets[0], "b").Rename(assets[1], "a"));

        (await AssetAsync("a")).Guid.ShouldBe(assets[1].Guid);
        (await AssetAsync("b")).Guid.ShouldBe(assets[0].Guid);
    }

    [Fact]
    public async Task An_archived_asset_can_be_restored_and_keeps_its_state()
    {
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().SetStatus(asset, AssetStatus.Deleted));
        (await AssetAsync("a")).Status.ShouldBe(AssetStatus.Deleted);
        await CommitAsync(Plan().SetStatus(asset, AssetStatus.Active));

        var restored = await AssetAsync("a");

        restored.ShouldBe(asset with { Version = 3, Updated = restored.Updated });
    }

    [Fact]
    public async Task Scanning_gives_every_asset_once_in_the_order_of_numbers()
    {
        await CreateAsync([.. Enumerable.Range(0, 25).Select(number => $"a{number}")]);
        await using var session = await Store.ReadAsync(Cancel);
        var scanned = new List<StoredAsset>();

        while (await session.ScanAsync(scanned.LastOrDefault()?.Id ?? default, 10, Cancel) is { IsEmpty: false } page)
        {
            page.Length.ShouldBeLessThanOrEqualTo(10);
            scanned.AddRange(page);
        }

        scanned.Select(asset => asset.State).ShouldBe(Enumerable.Range(0, 25).Select(number => PlanBuilder.State($"a{number}")));
        scanned.Select(asset => asset.Id.Value).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_session_can_be_disposed_twice_and_is_of_no_use_afterwards()
    {
        var session = await Store.ReadAsync(Cancel);
        await session.DisposeAsync();
        await session.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await session.ScanAsync(default, 1, Cancel));
    }
}
