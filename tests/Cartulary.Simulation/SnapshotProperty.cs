using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>A reader that starts over from a snapshot, while others save and the log is trimmed, ends with the catalog.</summary>
public sealed class SnapshotProperty
{
    private const int Runs = 12;
    private static readonly FeedLimits Limits = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_snapshot_and_the_events_after_it_give_the_catalog_whatever_is_saved_meanwhile() =>
        Gen.UInt.Array[100, 1_200].SampleAsync(rolls => SnapshotAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    [Fact]
    public Task A_trimmed_log_folds_onto_what_the_catalog_was_where_it_begins() =>
        Gen.UInt.Array[100, 1_200].SampleAsync(rolls => TrimAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    private static async Task SnapshotAsync(uint[] rolls)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var terms = await FoundAsync(catalog);
        var (dice, saving) = (new Dice(rolls), new Dice([.. rolls.Reverse()]));
        var saves = new RandomSaves(saving, "me");
        await SaveSomeAsync(catalog, saves, terms, saving, dice.Below(20));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var others = SaveUntilAsync(catalog, saves, terms, saving, stop.Token);

        var fold = new FeedFold(catalog.Store.Head.Sequence);
        var reader = new SnapshotReader(catalog.Store, catalog.Types, Limits);
        AssetId? after = new AssetId(0);
        while (after is { } place)
        {
            var page = await reader.ReadAsync(place, dice.Between(1, 9), [], Cancel);
            foreach (var asset in page.Assets)
            {
                fold.Begin(Shown(asset));
            }

            after = page.Next;
        }

        await stop.CancelAsync();
        await others;
        await FollowAsync(catalog, fold);
        await ExpectCatalogAsync(catalog, fold);
    }

    private static async Task TrimAsync(uint[] rolls)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var terms = await FoundAsync(catalog);
        var dice = new Dice(rolls);
        var saves = new RandomSaves(dice, "me");
        for (var round = 0; round < 4; round++)
        {
            await SaveSomeAsync(catalog, saves, terms, dice, rolls.Length / 100);
            var upTo = dice.Between((int)catalog.Store.Head.Trimmed.Value, (int)catalog.Store.Head.Commit.Value);
            var rowsMax = dice.Between(1, 60);
            while (await catalog.Store.TrimAsync(new CommitNumber(upTo), rowsMax, Cancel))
            {
            }

            var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, Cancel);
            verification.Faults.ShouldBeEmpty(string.Create(CultureInfo.InvariantCulture, $"trimmed to commit {upTo}"));
            verification.Events.ShouldBe(catalog.Head - catalog.Store.Head.Oldest + 1);
        }
    }

    private static async Task<List<Guid>> FoundAsync(TestCatalog catalog)
    {
        var founded = (SaveOutcome.Committed)await catalog.SaveAsync(RandomSaves.Foundation);
        return [.. founded.Summary.GuidAssignments.Select(assignment => assignment.Value)];
    }

    private static async Task SaveSomeAsync(TestCatalog catalog, RandomSaves saves, List<Guid> terms, Dice dice, int count)
    {
        for (var save = 0; save < count; save++)
        {
            _ = dice.OneIn(5) ? await catalog.TryAsync(saves.ToEnd(terms)) : await catalog.TrySaveAsync(saves.Next(terms));
        }
    }

    private static async Task SaveUntilAsync(TestCatalog catalog, RandomSaves saves, List<Guid> terms, Dice dice, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            await SaveSomeAsync(catalog, saves, terms, dice, 1);
        }
    }

    private static JsonElement Shown(SnapshotAsset asset)
    {
        var status = asset.Status == AssetStatus.Active ? "ACTIVE" : "DELETED";
        return JsonElement.Parse(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"guid":"{{asset.Guid}}","typeName":"{{asset.TypeName}}","assetVersion":{{asset.Version}},"status":"{{status}}","details":{{Encoding.UTF8.GetString(asset.Details.Span)}}}"""));
    }

    private static async Task FollowAsync(TestCatalog catalog, FeedFold fold)
    {
        while (fold.Sequence < catalog.Head)
        {
            foreach (var item in (await catalog.Feed.ReadAsync(new FeedQuery(fold.Sequence, 100), Cancel)).Events)
            {
                fold.Add(item.Sequence, JsonElement.Parse(item.Envelope.Span));
            }
        }
    }

    private static async Task ExpectCatalogAsync(TestCatalog catalog, FeedFold fold)
    {
        var verifier = new Verifier(catalog.Store, catalog.Types, catalog.Feed);
        (await verifier.CompareAsync(fold, 0, Cancel)).Faults.ShouldBeEmpty();
    }
}
