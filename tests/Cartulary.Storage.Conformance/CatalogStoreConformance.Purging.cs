using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>What is left of a purged asset, and since when assets are archived.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task A_purged_asset_is_found_by_nothing_and_its_name_is_free()
    {
        var assets = await CreateAsync("a", "b");

        await CommitAsync(Plan().Purge(assets[0]));

        await using (var session = await Store.ReadAsync(Cancel))
        {
            (await session.FindByGuidAsync([.. assets.Select(asset => asset.Guid)], Cancel)).Keys.ShouldBe([assets[1].Guid]);
            (await session.LoadAsync([.. assets.Select(asset => asset.Id)], Cancel)).Keys.ShouldBe([assets[1].Id]);
            (await session.ScanAsync(default, 10, Cancel)).Select(asset => asset.Guid).ShouldBe([assets[1].Guid]);
        }

        (await CountAsync("a")).ShouldBe(0);
        (await CreateAsync("a")).Single().Guid.ShouldNotBe(assets[0].Guid);
    }

    [Fact]
    public async Task The_past_of_a_purged_asset_is_read_until_its_end()
    {
        var assets = await LinkedAsync("table", "c1");
        var before = Store.Head.Commit;
        await CommitAsync(Plan().Close((await EdgeToAsync("table", "c1")).Row).Bump(assets[0]).Purge(assets[1]));

        await using var session = await Store.ReadAsync(Cancel);
        var then = await session.LoadAsOfAsync([assets[1].Id], before, Cancel);
        (then[assets[1].Id].State, then[assets[1].Id].Version, then[assets[1].Id].Status).ShouldBe((PlanBuilder.State("c1"), 1, AssetStatus.Active));
        (await session.EdgesAsOfAsync([assets[0].Id], before, Cancel)).Single().End2.Guid.ShouldBe(assets[1].Guid);
        (await session.LoadAsOfAsync([assets[1].Id], session.Head.Commit, Cancel)).ShouldBeEmpty();
        (await session.VersionsAsync(assets[1].Id, 10, 10, Cancel)).Select(version => version.Version).ShouldBe([2, 1]);
        var found = (await session.FindPurgedAsync([.. assets.Select(asset => asset.Guid)], Cancel)).ShouldHaveSingleItem().Value;
        (found.Id, found.Version, found.Status).ShouldBe((assets[1].Id, 2, AssetStatus.Purged));
        (await session.ScanPurgedAsync(default, 10, Cancel)).ShouldBe([assets[1].Id]);
        (await session.ScanPurgedAsync(assets[1].Id, 10, Cancel)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Nothing_is_left_of_an_asset_when_its_purging_is_trimmed(int rowsMax)
    {
        var assets = await CreateAsync("a", "b");
        await CommitAsync(Plan().Rename(assets[1], "b2"));
        await CommitAsync(Plan().Purge(await AssetAsync("b2")));
        await CreateAsync("c");
        var revisions = (await LogAsync()).SelectMany(commit => Core.Events.CommitLog.Decode(commit))
            .Where(record => record.Numbers.Asset == assets[1].Id).Select(record => record.Numbers.Revision).Distinct().ToArray();

        await TrimAsync(3, rowsMax);

        await using var session = await Store.ReadAsync(Cancel);
        (await session.FindPurgedAsync([assets[1].Guid], Cancel)).ShouldBeEmpty();
        (await session.ScanPurgedAsync(default, 10, Cancel)).ShouldBeEmpty();
        (await session.VersionsAsync(assets[1].Id, 10, 10, Cancel)).ShouldBeEmpty();
        (await session.StatesAsync(revisions, Cancel)).ShouldBeEmpty();
        revisions.Length.ShouldBe(2);
        (await BaseAsync()).Select(asset => asset.Guid).ShouldBe([assets[0].Guid]);
    }

    [Fact]
    public async Task Numbers_of_purged_assets_are_never_given_again()
    {
        var assets = await CreateAsync("a", "b");
        await CommitAsync(Plan().Purge(assets[1]));
        var revision = (await LogAsync()).SelectMany(commit => Core.Events.CommitLog.Decode(commit)).Max(record => record.Numbers.Revision);
        await TrimAsync(2);

        Store = await ReopenAsync(Clock);

        (await CreateAsync("c")).Single().Id.Value.ShouldBeGreaterThan(assets[1].Id.Value);
        (await LogAsync(after: 3)).SelectMany(commit => Core.Events.CommitLog.Decode(commit)).Single().Numbers.Revision.ShouldBeGreaterThan(revision);
    }

    [Fact]
    public async Task An_archived_asset_knows_the_commit_that_archived_it()
    {
        var assets = await CreateAsync("a", "b", "c");
        await CommitAsync(Plan().SetStatus(assets[0], AssetStatus.Deleted));
        await CommitAsync(Plan().Bump(await AssetAsync("a")).SetStatus(assets[1], AssetStatus.Deleted));
        await CommitAsync(Plan().SetStatus(await AssetAsync("a"), AssetStatus.Active));
        await CommitAsync(Plan().SetStatus(await AssetAsync("a"), AssetStatus.Deleted));
        await CommitAsync(Plan().Bump(await AssetAsync("a")));

        await using (var session = await Store.ReadAsync(Cancel))
        {
            (await session.ArchivingsAsync([.. assets.Select(asset => asset.Id)], Cancel)).ShouldBe(
                new Dictionary<AssetId, CommitNumber> { [assets[0].Id] = new(5), [assets[1].Id] = new(3) }, ignoreOrder: true);
            (await session.ArchivingsAsOfAsync([assets[0].Id, assets[1].Id], new CommitNumber(3), Cancel)).ShouldBe(
                new Dictionary<AssetId, CommitNumber> { [assets[0].Id] = new(2), [assets[1].Id] = new(3) }, ignoreOrder: true);
            (await session.ArchivingsAsOfAsync([assets[0].Id], new CommitNumber(6), Cancel)).ShouldHaveSingleItem().Value.ShouldBe(new CommitNumber(5));
        }

        await TrimAsync(4);

        await using var trimmed = await Store.ReadAsync(Cancel);
        (await trimmed.ArchivingsAsync([.. assets.Select(asset => asset.Id)], Cancel)).ShouldHaveSingleItem().Key.ShouldBe(assets[0].Id);
    }

    [Fact]
    public async Task Assets_are_found_by_the_beginning_of_their_names_the_last_first()
    {
        var assets = await CreateAsync("a", "a/b", "a/b/c", "a-b", "a/\u00e4", "a/" + new string('x', 1_500), "a0", "b");
        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Deleted));

        await using var session = await Store.ReadAsync(Cancel);
        (await session.FindBetweenAsync(PlanBuilder.QualifiedName, "a/", "a0", onlyInUse: false, Cancel))
            .ShouldBe([assets[4].Id, assets[5].Id, assets[2].Id, assets[1].Id]);
        (await session.FindBetweenAsync(PlanBuilder.QualifiedName, "a/", "a0", onlyInUse: true, Cancel)).ShouldBe([assets[4].Id, assets[5].Id, assets[2].Id]);
        (await session.FindBetweenAsync(PlanBuilder.QualifiedName + 1, "a/", "a0", onlyInUse: false, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_is_kept_with_its_progress_and_raises_the_registry_version_when_it_begins_and_ends()
    {
        var job = new DeletionJob(Guid.CreateVersion7(), "default/a/1", Purges: true, "ada", Started: 7, Total: 30);
        var before = Store.Head;

        (await Store.CommitJobAsync(job, before.RegistryVersion, PlanBuilder.Saver("ada"), Cancel)).ShouldBeTrue();
        (await Store.CommitJobAsync(job with { Total = 1 }, before.RegistryVersion, PlanBuilder.Saver("ada"), Cancel)).ShouldBeFalse();
        await Store.NoteProgressAsync(job.Id, 12, Cancel);

        (Store.Head.Commit.Value, Store.Head.RegistryVersion, Store.Head.Sequence).ShouldBe((before.Commit.Value + 1, before.RegistryVersion + 1, before.Sequence));
        await ShouldKeepAsync(job with { Done = 12 }, new RunningDeletion(job.Id, "default/a/1"));
        Store = await ReopenAsync(Clock);
        await ShouldKeepAsync(job with { Done = 12 }, new RunningDeletion(job.Id, "default/a/1"));

        var ended = job with { State = JobState.Failed, Done = 13, Ended = 9, Problem = "why" };
        (await Store.CommitJobAsync(ended, Store.Head.RegistryVersion, PlanBuilder.Saver("ada"), Cancel)).ShouldBeTrue();
        await Store.NoteProgressAsync(job.Id, 30, Cancel);

        await ShouldKeepAsync(ended);
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first()
    {
        var jobs = Enumerable.Range(1, 3).Select(number => new DeletionJob(Guid.CreateVersion7(), $"c{number}", Purges: false, "ada", Started: number, Total: 1)).ToList();
        foreach (var job in jobs)
        {
            await Store.CommitJobAsync(job, Store.Head.RegistryVersion, PlanBuilder.Saver("ada"), Cancel);
        }

        await using var session = await Store.ReadAsync(Cancel);
        (await session.JobsAsync(2, Cancel)).ShouldBe([jobs[2], jobs[1]]);
        (await session.FindJobAsync(Guid.CreateVersion7(), Cancel)).ShouldBeNull();
        (await session.SettingsAsync(Cancel)).Deletions.Select(deletion => deletion.Connection).ShouldBe(["c1", "c2", "c3"]);
    }

    private async Task ShouldKeepAsync(DeletionJob job, params RunningDeletion[] running)
    {
        await using var session = await Store.ReadAsync(Cancel);
        (await session.FindJobAsync(job.Id, Cancel)).ShouldBe(job);
        (await session.SettingsAsync(Cancel)).Deletions.ShouldBe(running);
    }
}
